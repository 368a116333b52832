import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { parseIpNetwork } from '@daywatch/ip-network';
import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createWebhookChannel, createWebhookSecret, signWebhook } from '../src/adapters/webhook/index.ts';
import type { Notification, SendOutcome } from '../src/index.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const NOTIFICATION: Notification = {
  version: 1,
  kind: 'reminder',
  id: 'n-1',
  user: 'ann',
  title: 'Zahnärztin',
  occurrence_start: '2030-01-01T09:00:00+01:00[Europe/Berlin]',
};
const secret = createWebhookSecret(randomBytes(32));

interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
}

async function startReceiver(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<Receiver> {
  const requests: Receiver['requests'] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({ headers: request.headers, body });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const createClient = () =>
  createOutboundClient({ fence: createFence({ allow: [parseIpNetwork('127.0.0.1')] }) });
let client: ReturnType<typeof createClient>;
beforeEach(() => {
  client = createClient();
});
afterEach(() => client.close());

function send(
  url: string | undefined,
  options: { attempt?: number; timeoutMs?: number; signal?: AbortSignal } = {},
) {
  const { attempt = 1, timeoutMs = 5_000, signal } = options;
  const findDestination = async () => (url === undefined ? undefined : { url, secret });
  const channel = createWebhookChannel({ client, findDestination, clock: { now: () => NOW_MS }, timeoutMs });
  return channel.send(NOTIFICATION, attempt, signal);
}

describe('what a receiver gets', () => {
  it('should be the notification as JSON, with its id, the attempt and a signature', async () => {
    await using receiver = await startReceiver((response) => response.writeHead(204).end());

    const outcome = await send(receiver.url, { attempt: 3 });

    expect(outcome).toEqual({ kind: 'delivered' });
    const [{ headers, body } = expect.unreachable()] = receiver.requests;
    expect(JSON.parse(body)).toEqual(NOTIFICATION);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'n-1',
      'daywatch-attempt': '3',
      'webhook-id': 'n-1',
      'webhook-timestamp': String(NOW_MS / 1000),
      'webhook-signature': signWebhook(secret, 'n-1', NOW_MS / 1000, body),
    });
  });

  it('should come again over a redirect that keeps it, without the signature for another origin', async () => {
    await using receiver = await startReceiver((response) => response.end());
    await using first = await startReceiver((response) =>
      response.writeHead(307, { Location: receiver.url }).end(),
    );

    const outcome = await send(first.url);

    expect(outcome).toEqual({ kind: 'delivered' });
    expect(first.requests[0]?.headers).toHaveProperty('webhook-signature');
    expect(receiver.requests[0]?.headers).not.toHaveProperty('webhook-signature');
    expect(receiver.requests[0]?.body).toBe(JSON.stringify(NOTIFICATION));
  });
});

describe('what an answer means', () => {
  it.each([
    [200, {}, { kind: 'delivered' }],
    [299, {}, { kind: 'delivered' }],
    [408, {}, { kind: 'retry', reason: 'the receiver answered 408' }],
    [425, {}, { kind: 'retry', reason: 'the receiver answered 425' }],
    [429, { 'Retry-After': '7' }, { kind: 'retry', reason: 'the receiver answered 429', afterMs: 7_000 }],
    [500, {}, { kind: 'retry', reason: 'the receiver answered 500' }],
    [
      503,
      { 'Retry-After': '99999999' },
      { kind: 'retry', reason: 'the receiver answered 503', afterMs: 3_600_000 },
    ],
    [
      503,
      { 'Retry-After': new Date(NOW_MS + 60_000).toUTCString() },
      { kind: 'retry', reason: 'the receiver answered 503', afterMs: 60_000 },
    ],
    [
      503,
      { 'Retry-After': new Date(NOW_MS - 60_000).toUTCString() },
      { kind: 'retry', reason: 'the receiver answered 503', afterMs: 0 },
    ],
    [503, { 'Retry-After': 'soon' }, { kind: 'retry', reason: 'the receiver answered 503' }],
    [400, {}, { kind: 'refused', reason: 'the receiver answered 400' }],
    [404, {}, { kind: 'refused', reason: 'the receiver answered 404' }],
    [410, { 'Retry-After': '7' }, { kind: 'refused', reason: 'the receiver answered 410' }],
    [
      302,
      { Location: 'http://127.0.0.1/' },
      { kind: 'refused', reason: 'the receiver answered 302; of redirects only 307 and 308 are followed' },
    ],
  ] satisfies [number, Record<string, string>, SendOutcome][])(
    'should be, for %i %j',
    async (status, headers, outcome) => {
      await using receiver = await startReceiver((response) =>
        response.writeHead(status, headers).end('thanks'),
      );

      expect(await send(receiver.url)).toEqual(outcome);
    },
  );

  it.each([
    ['is long', { 'Content-Length': '100000' }, 'x'.repeat(100_000)],
    ['is encoded in an unknown way', { 'Content-Encoding': 'zstd' }, 'x'],
    ['breaks off', { 'Content-Length': '100000' }, 'half'],
  ])('should not change where its body %s', async (_, headers, body) => {
    await using receiver = await startReceiver((response) => {
      response.writeHead(200, headers).write(body, () => response.destroy());
    });

    expect(await send(receiver.url)).toEqual({ kind: 'delivered' });
  });
});

describe('what no answer means', () => {
  it('should be retry where the receiver takes too long', async () => {
    await using receiver = await startReceiver(() => undefined);

    expect(await send(receiver.url, { timeoutMs: 100 })).toEqual({
      kind: 'retry',
      reason: expect.stringContaining('took longer than 100 ms; it waited for the answer'),
    });
  });

  it('should be retry where nobody listens, or the connection breaks', async () => {
    const gone = await startReceiver(() => undefined);
    await gone[Symbol.asyncDispose]();
    await using breaking = await startReceiver((response) => response.destroy());

    expect(await send(gone.url)).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await send(breaking.url)).toMatchObject({ kind: 'retry' });
  });

  it('should be retry where it is broken off, since it may have arrived', async () => {
    const controller = new AbortController();
    await using receiver = await startReceiver(() => controller.abort(new Error('the process stops')));

    const outcome = await send(receiver.url, { signal: controller.signal });

    expect(outcome).toEqual({ kind: 'retry', reason: 'the process stops' });
  });

  it.each([
    ['http://169.254.169.254/latest', 'is in the fenced network 169.254.0.0/16'],
    ['http://127.0.0.2:1/', 'is in the fenced network 127.0.0.0/8'],
    ['ftp://example.org/', 'allowed are http and https'],
    [undefined, "the user 'ann' has no webhook URL"],
  ])('should be refused for %j', async (url, reason) => {
    expect(await send(url)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  it('should be refused where a redirect leads into a fenced network', async () => {
    await using receiver = await startReceiver((response) => {
      response.writeHead(307, { Location: 'http://10.0.0.1/' }).end();
    });

    expect(await send(receiver.url)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('10.0.0.0/8'),
    });
  });

  it('should be retry where the destination cannot be looked up', async () => {
    const findDestination = () => Promise.reject(new Error('the database is away'));
    const channel = createWebhookChannel({ client, findDestination, clock: Date });

    expect(await channel.send(NOTIFICATION, 1)).toEqual({ kind: 'retry', reason: 'the database is away' });
  });
});

import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { OutboundClient } from '../src/index.ts';
import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttp, startRaw } from './_support/servers.ts';

let client: OutboundClient;
beforeEach(() => {
  client = createTestClient();
});
afterEach(() => client.close());

describe('an answer', () => {
  it('should have status, headers, body, address and timings', async () => {
    await using server = await startHttp((request, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']).setHeader('X-Path', request.url ?? '');
      response.writeHead(418).end('short and stout');
    });

    const answer = await client.fetch({ url: `${server.url}/tea?for=2#fragment` });

    expect(answer).toMatchObject({
      status: 418,
      remoteAddress: '127.0.0.1',
      redirects: 0,
      certificate: undefined,
    });
    expect(answer.headers).toMatchObject({ 'x-path': '/tea?for=2', 'set-cookie': 'a=1, b=2' });
    expect(Buffer.from(answer.body).toString()).toBe('short and stout');
    expect(answer.timings.connectMs).toBeGreaterThan(0);
    expect(answer.timings.firstByteMs).toBeGreaterThan(0);
    expect(answer.timings.totalMs).toBeGreaterThanOrEqual(answer.timings.firstByteMs);
  });

  it('should come for a body that was sent, with its length and headers', async () => {
    await using server = await startHttp(async (request, response) => {
      const { 'content-length': length, 'content-type': type, 'user-agent': agent } = request.headers;
      const body = await text(request);
      response.end(JSON.stringify([request.method, length, type, agent, body]));
    });

    const headers = { 'Content-Type': 'text/plain' };
    const answer = await client.fetch({ url: server.url, method: 'POST', headers, body: 'grüße' });

    const seen: unknown = JSON.parse(Buffer.from(answer.body).toString());
    expect(seen).toEqual(['POST', '7', 'text/plain', 'Daywatch', 'grüße']);
  });

  it('should come over the same connection the next time', async () => {
    await using server = await startHttp((_, response) => response.end('again'));

    for (const _ of [1, 2, 3]) await client.fetch({ url: server.url });
    const { timings } = await client.fetch({ url: server.url });

    expect(server.connections()).toBe(1);
    expect(timings).toMatchObject({ dnsMs: 0, connectMs: 0, tlsMs: 0 });
  });

  it('should come although the server closed the connection that was kept', async () => {
    let answers = 0;
    await using server = await startRaw((socket) => {
      socket.on('data', () => {
        // The second request on a connection finds it closing.
        if (++answers === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });

    await client.fetch({ url: server.url });
    const answer = await client.fetch({ url: server.url });

    expect(answer.status).toBe(200);
    expect(server.connections()).toBe(2);
  });

  it('should not be sought twice for a request that changes something', async () => {
    let answers = 0;
    await using server = await startRaw((socket) => {
      socket.on('data', () => {
        if (++answers === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });

    await client.fetch({ url: server.url, method: 'POST', body: '1' });
    const failure = await failureOf(client.fetch({ url: server.url, method: 'POST', body: '2' }));

    expect(failure.code).toBe('connection_lost');
    expect(answers).toBe(2);
  });

  it.each(['HEAD', 'GET'] as const)('should have no body to decode for %s with 204', async (method) => {
    await using server = await startHttp((_, response) => {
      response.writeHead(method === 'GET' ? 204 : 200, { 'Content-Encoding': 'gzip' }).end();
    });

    const answer = await client.fetch({ url: server.url, method });

    expect(answer.body).toHaveLength(0);
  });
});

describe('a body', () => {
  it('should be the one that was asked for, however many come at once, and for slow readers too', async () => {
    const makeBody = (path: string): Buffer => Buffer.alloc(300_000, path);
    await using server = await startHttp((request, response) => response.end(makeBody(request.url ?? '')));
    const read = async (path: string): Promise<boolean> => {
      await using response = await client.open({ url: `${server.url}${path}` });
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) {
        chunks.push(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return Buffer.concat(chunks).equals(makeBody(path));
    };

    const paths = Array.from({ length: 60 }, (_, i) => `/${i}`);

    expect(await Promise.all(paths.map(read))).toEqual(paths.map(() => true));
  });

  const encoders = {
    identity: (body: Buffer) => body,
    gzip: gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
  };
  const bodies = new Map<string, { readonly body: Buffer; readonly encoding: keyof typeof encoders }>();

  it('should always be what was sent, however it was compressed', async () => {
    await using server = await startHttp((request, response) => {
      const { body, encoding } = bodies.get(request.url ?? '') ?? expect.unreachable();
      response.writeHead(200, { 'Content-Encoding': encoding }).end(encoders[encoding](body));
    });
    let count = 0;
    const encodings = fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[]));
    const contents = fc.uint8Array({ maxLength: 5000 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(encodings, contents, async (encoding, body) => {
        const path = `/${++count}`;
        bodies.set(path, { body, encoding });
        const answer = await client.fetch({ url: server.url + path });
        expect(Buffer.compare(answer.body as Buffer, body)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('should be readable piece by piece as it comes', async () => {
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    await using server = await startHttp(async (_, response) => {
      response.write('first');
      await mayGoOn;
      response.end('second');
    });

    await using response = await client.open({ url: server.url });
    const pieces: string[] = [];
    for await (const piece of response.body) {
      pieces.push(Buffer.from(piece).toString());
      goOn();
    }

    expect(pieces).toEqual(['first', 'second']);
  });

  it('should close the connection where its reader leaves early', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    await using server = await startHttp((_, response) => {
      response.on('close', resolve);
      response.write('the first of many');
    });

    for (const isRead of [true, false]) {
      const response = await client.open({ url: server.url });
      if (isRead) for await (const _ of response.body) break;
      await response[Symbol.asyncDispose]();
      await closed;
    }
  });
});

describe('an abort', () => {
  it('should end a request before it begins, with its reason', async () => {
    const reason = new Error('not wanted any more');

    await expect(client.fetch({ url: 'http://127.0.0.1:1' }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it.each(['the answer', 'the body'])('should end a request that waits for %s', async (what) => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    await using server = await startHttp((_, response) => {
      if (what === 'the body') response.write('x');
      resolve();
    });
    const controller = new AbortController();
    const reason = new Error('not wanted any more');
    const fetching = client.fetch({ url: server.url }, controller.signal);
    await asked;

    controller.abort(reason);

    await expect(fetching).rejects.toBe(reason);
  });

  it('should leave no listener behind', async () => {
    await using server = await startHttp((_, response) => response.end('x'));
    const { signal } = new AbortController();
    const before = process.listenerCount('warning');
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));

    for (let i = 0; i < 30; i++) await client.fetch({ url: server.url }, signal);
    await new Promise(setImmediate);
    process.removeAllListeners('warning');

    expect(warnings).toEqual([]);
    expect(before).toBeGreaterThanOrEqual(0);
  });
});

describe('close', () => {
  it('should end what is under way and refuse what comes', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    await using server = await startHttp(() => resolve());
    const fetching = failureOf(client.fetch({ url: server.url }));
    await asked;

    await client.close();

    expect((await fetching).code).toBe('connection_lost');
    expect((await failureOf(client.fetch({ url: server.url }))).message).toBe('the HTTP client is closed');
  });

  it('should close the connections that were kept', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    await using server = await startHttp((request, response) => {
      closed = once(request.socket, 'close');
      response.end('x');
    });
    await client.fetch({ url: server.url });

    await client.close();

    await closed;
  });
});

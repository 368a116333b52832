import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { OutboundClient } from '../src/index.ts';
import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttp, type TestServer } from './_support/servers.ts';

let client: OutboundClient;
beforeEach(() => {
  client = createTestClient({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
});
afterEach(() => client.close());

/** Tells what it was asked; `/to?<status>,<location>` redirects. */
function startEcho(): Promise<TestServer> {
  return startHttp(async (request, response) => {
    const [, status, location] = /^\/to\?(\d+),(.*)$/.exec(request.url ?? '') ?? [];
    if (status !== undefined) {
      response.writeHead(Number(status), location ? { Location: location } : {}).end('moved');
      return;
    }
    const body = await text(request);
    const { url, method, headers } = request;
    response.end(JSON.stringify({ url, method, headers, body }));
  });
}

interface Echo {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const read = (body: Uint8Array): Echo => JSON.parse(Buffer.from(body).toString()) as Echo;

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'should be followed with %i, also to a relative place',
    async (status) => {
      await using server = await startEcho();

      const answer = await client.fetch({ url: `${server.url}/to?${status},./there?x=1` });

      expect(read(answer.body)).toMatchObject({ method: 'GET', url: '/there?x=1' });
      expect(answer).toMatchObject({ redirects: 1, url: `${server.url}/there?x=1` });
    },
  );

  it.each([307, 308])('should keep method and body with %i', async (status) => {
    await using server = await startEcho();

    const answer = await client.fetch({
      url: `${server.url}/to?${status},/there`,
      method: 'POST',
      body: 'hello',
    });

    expect(read(answer.body)).toMatchObject({ method: 'POST', body: 'hello' });
  });

  it.each([301, 302, 303])('should be the answer where %i would lose the body of a POST', async (status) => {
    await using server = await startEcho();

    const answer = await client.fetch({
      url: `${server.url}/to?${status},/there`,
      method: 'POST',
      body: 'hello',
    });

    expect(answer).toMatchObject({ status, redirects: 0 });
  });

  it('should be the answer where none is to be followed', async () => {
    await using server = await startEcho();

    const answer = await client.fetch({ url: `${server.url}/to?302,http://127.0.0.2/`, maxRedirects: 0 });

    expect(answer.status).toBe(302);
  });

  it.each([
    ['http://127.0.0.2/', 'fenced_address'],
    ['//169.254.169.254/latest', 'fenced_address'],
    ['http://0x7f.2/', 'fenced_address'],
    ['file:///etc/passwd', 'invalid_url'],
    ['http://user:pw@service.example/', 'invalid_url'],
    ['http://', 'bad_redirect'],
    ['', 'bad_redirect'],
  ])('should not lead to %j', async (location, code) => {
    await using server = await startEcho();

    const failure = await failureOf(client.fetch({ url: `${server.url}/to?302,${location}` }));

    expect(failure.code).toBe(code);
  });

  it('should not lead to a name that resolves into a fenced network', async () => {
    await using server = await startEcho();
    await using other = createTestClient({ resolve: async () => [{ address: '10.0.0.1', family: 4 }] });

    const failure = await failureOf(other.fetch({ url: `${server.url}/to?302,http://inside.example/` }));

    expect(failure.message).toBe(
      'the address 10.0.0.1 of inside.example is in the fenced network 10.0.0.0/8',
    );
  });

  it('should be too many in a loop, after as many as are allowed', async () => {
    let asked = 0;
    await using server = await startHttp((_, response) => {
      asked++;
      response.writeHead(302, { Location: '/' }).end();
    });

    const failure = await failureOf(client.fetch({ url: server.url, maxRedirects: 3 }));

    expect(failure.code).toBe('too_many_redirects');
    expect(asked).toBe(4);
  });

  it('should not wait for its body, which may be endless', async () => {
    await using server = await startHttp((request, response) => {
      if (request.url === '/there') response.end('here');
      else response.writeHead(302, { Location: '/there' }).write('more to come');
    });

    const answer = await client.fetch({ url: server.url });

    expect(Buffer.from(answer.body).toString()).toBe('here');
  });
});

describe('credentials', () => {
  const headers = { Authorization: 'Bearer s3cr3t', Cookie: 'a=s3cr3t', Accept: 'text/plain' };
  const secretHeaders = { 'Webhook-Signature': 'v1,s3cr3t' };

  it('should go along within the origin', async () => {
    await using server = await startEcho();

    const answer = await client.fetch({ url: `${server.url}/to?307,/there`, headers, secretHeaders });

    expect(read(answer.body).headers).toMatchObject({
      authorization: 'Bearer s3cr3t',
      cookie: 'a=s3cr3t',
      'webhook-signature': 'v1,s3cr3t',
    });
  });

  it('should never go to another origin: another port, name or scheme', async () => {
    await using first = await startEcho();
    await using second = await startEcho();

    for (const place of [second.url, `http://other.example:${first.port}`]) {
      const url = `${first.url}/to?307,${place}/there`;
      const answer = await client.fetch({ url, headers, secretHeaders });
      expect(JSON.stringify(read(answer.body))).not.toContain('s3cr3t');
      expect(read(answer.body).headers).toMatchObject({ accept: 'text/plain' });
    }
  });

  it('should not come back where a second redirect returns', async () => {
    await using first = await startEcho();
    await using second = await startEcho();
    const back = `${second.url}/to?307,${first.url}/there`;

    const answer = await client.fetch({ url: `${first.url}/to?307,${back}`, headers, secretHeaders });

    expect(answer.redirects).toBe(2);
    expect(JSON.stringify(read(answer.body))).not.toContain('s3cr3t');
  });
});

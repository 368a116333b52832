import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Standing } from '../../target/standing.ts';
import { createRestapiReader } from './index.ts';

const TARGET = {
  id: 'node',
  state: 'fail',
  reason: 'connection refused',
  since: '2030-01-01T00:00:00Z',
  last_check: { timestamp: '2030-01-01T00:00:05Z' },
  last_error: null,
  checker: 'checker-1',
};

let open = new AsyncDisposableStack();
afterEach(async () => {
  await open.disposeAsync();
  open = new AsyncDisposableStack();
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function read(url: string, token?: string): Promise<readonly Standing[]> {
  const signal = new AbortController().signal;
  return createRestapiReader(url).read({ name: 'daywatch', namespace: 'demo', token, signal });
}

describe('a monitor', () => {
  it('should be asked with the token, and say how its targets stand', async () => {
    let asked: unknown;
    const url = await listen((request, response) => {
      asked = [request.url, request.headers.authorization];
      response.end(JSON.stringify([TARGET]));
    });
    expect(await read(url, 'secret')).toEqual([
      {
        name: 'node',
        result: 'fail',
        error: 'connection refused',
        checker: 'checker-1',
        since: TARGET.since,
        lastCheck: TARGET.last_check.timestamp,
      },
    ]);
    expect(asked).toEqual(['/api/v1/targets', 'Bearer secret']);
  });

  it('should be let go when its answer has no end', async () => {
    let sent = 0;
    const url = await listen((_, response) => {
      const chunk = Buffer.alloc(2 ** 20, '[');
      const send = (): void => {
        while (!response.destroyed && response.write(chunk)) sent++;
        if (!response.destroyed) response.once('drain', send);
      };
      send();
    });
    await expect(read(url)).rejects.toThrow(
      /does not answer to the end: the answer is longer than 16777216 bytes/,
    );
    expect(sent).toBeLessThan(64);
  });

  it('should have the reasons cut short that it tells', async () => {
    const url = await listen((_, response) =>
      response.end(JSON.stringify([{ ...TARGET, reason: 'x'.repeat(100_000) }])),
    );
    const [standing] = await read(url);
    expect(standing?.error).toHaveLength(2000);
  });

  it.each([
    ['<html>', /answers what is no list of targets: it is no JSON/],
    ['[{}]', /answers what is no list of targets: .*id/s],
  ])('should be told from something else that answers: %s', async (body, message) => {
    const url = await listen((_, response) => response.end(body));
    await expect(read(url)).rejects.toThrow(message);
  });

  it('should say why it refuses', async () => {
    const url = await listen((_, response) => {
      response.statusCode = 403;
      response.end(JSON.stringify({ message: 'the token has no scope for that' }));
    });
    await expect(read(url)).rejects.toThrow(`${url} answers 403: the token has no scope for that`);
  });

  it.each(['abc\ndef', 'abc def', 'naïve', '\u0000'])(
    'should not be asked with what is no token, and nobody be told it: %j',
    async (token) => {
      const failure = await read('http://127.0.0.1:9', token).catch(
        (error: unknown) => (error as Error).message,
      );
      expect(failure).toMatch(/^the first token is none/);
      expect(failure).not.toContain(token);
    },
  );
});

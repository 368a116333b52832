import { Agent, get } from 'node:http';
import { connect as connectHttp2, constants } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ListenError } from '../src/listen/index.ts';
import { listen, makeHttp } from './_support/api.ts';
import type { HttpApp, RunningApi } from './_support/api.ts';
import { makeEchoClient, makeEchoServer } from './_support/grpc-echo.ts';
import { closed, dial, readAll, talk } from './_support/raw-client.ts';
import { waitFor } from './_support/wait-for.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

describe('one port', () => {
  it('should serve gRPC and HTTP/1.1 side by side', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector });
    using client = makeEchoClient(api.port);

    const answers = await Promise.all([client.echo('one'), get200(api), client.echo('two'), get200(api)]);

    expect(answers).toEqual(['one', 200, 'two', 200]);
  });

  it.each([1, 2, 4, 23])(
    'should put up with a preface or a request that comes %i bytes at a time',
    async (size) => {
      const { injector } = makeEchoServer();
      await using api = await listen(makeHelloApi(), { grpc: injector });
      // The preface and an empty SETTINGS frame, which the server answers with its own.
      const http2 = await dial(api.port);
      const settings = new Promise<Buffer>((resolve) => {
        http2.once('data', resolve);
      });
      await writeSlowly(http2, `${PREFACE}\0\0\0\u0004\0\0\0\0\0`, size);
      const post = await dial(api.port);
      const answer = readAll(post);
      await writeSlowly(post, 'PUT /hello HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', size);

      expect((await settings)[3]).toBe(4);
      expect(await answer).toMatch(/^HTTP\/1\.1 405 /);
      http2.destroy();
    },
  );

  it('should let a thousand concurrent calls of one client through, over either protocol', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer(5).injector });
    using client = makeEchoClient(api.port);

    const grpc = await Promise.all(Array.from({ length: 1000 }, () => client.echo('x')));
    const http = await Promise.all(Array.from({ length: 1000 }, () => get200(api)));

    expect(new Set(grpc)).toEqual(new Set(['x']));
    expect(new Set(http)).toEqual(new Set([200]));
  });

  it('should say what to change when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await waitFor('the other program listens', () => other.listening);
    const { port } = other.address() as AddressInfo;

    const error = await listen(makeHelloApi(), { port }).catch((error: unknown) => error);

    expect(error).toBeInstanceOf(ListenError);
    expect(error).toMatchObject({
      code: 'address_in_use',
      message: `port ${port} on 127.0.0.1 is in use by another program; choose another with http.port or DAYWATCH_HTTP_PORT`,
    });
    other.close();
  });

  it('should say so when the address is none of this machine', async () => {
    await expect(listen(makeHelloApi(), { host: '203.0.113.7' })).rejects.toMatchObject({
      code: 'address_not_available',
    });
  });

  it('should refuse connections over the limits, and take them again when others have left', async () => {
    await using api = await listen(makeHelloApi(), {
      limits: { maxConnections: 3, maxConnectionsPerAddress: 2 },
    });
    const sockets = [await dial(api.port), await dial(api.port)];
    await waitFor('two connections', () => api.listener.connections() === 2);

    expect(await talk(api.port, 'GET /hello HTTP/1.1\r\nhost: localhost\r\n\r\n').catch(() => '')).toBe('');
    sockets[0]?.destroy();
    await waitFor('one connection', () => api.listener.connections() === 1);
    expect(await get200(api)).toBe(200);
  });
});

describe('a hostile client next to a normal one', () => {
  it('should cut off who says nothing, or half a preface', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector, firstBytesMs: 100 });
    const silent = await dial(api.port);
    const half = await dial(api.port);
    half.write('PRI * HTT');

    await Promise.all([closed(silent), closed(half)]);

    expect(await get200(api)).toBe(200);
  });

  it('should cut off a slowloris with 408', async () => {
    const app = makeHelloApi();
    app.server.headersTimeout = 300;
    await using api = await listen(app);
    const slow = await Promise.all(Array.from({ length: 50 }, () => dial(api.port)));
    const answers = Promise.all(slow.map(readAll));
    for (const socket of slow) socket.write('GET /hello HTTP/1.1\r\nhost: loc');

    expect(await get200(api)).toBe(200);
    const texts = await answers;

    expect(texts.every((text) => text.startsWith('HTTP/1.1 408 ') && text.includes('request_timeout'))).toBe(
      true,
    );
  });

  it('should answer others while a thousand connections do nothing', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector });
    const idle = await Promise.all(Array.from({ length: 1000 }, () => dial(api.port)));
    for (const socket of idle.slice(0, 500)) socket.write('G');
    using client = makeEchoClient(api.port);

    expect(await client.echo('still here')).toBe('still here');
    expect(await get200(api)).toBe(200);
    for (const socket of idle) socket.destroy();
  });

  it('should close a session that opens and resets streams without end, and serve others meanwhile', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer(1).injector });
    using client = makeEchoClient(api.port);
    const flood = await openSession(api.port);
    const isOver = new Promise<void>((resolve) => {
      flood.once('close', () => resolve());
    });
    let resets = 0;
    const others: string[] = [];
    while (!flood.closed && !flood.destroyed && resets < 100_000) {
      for (let i = 0; i < 100 && !flood.closed; i++) {
        openStream(flood).close(constants.NGHTTP2_CANCEL);
        resets++;
      }
      others.push(await client.echo('me'));
    }
    await isOver;

    expect(resets).toBeLessThan(20_000);
    expect(new Set(others)).toEqual(new Set(['me']));
  });

  it('should bound the streams of one session, and serve others meanwhile', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector });
    using client = makeEchoClient(api.port);
    const flood = await openSession(api.port);
    await waitFor('settings', () => flood.remoteSettings.maxConcurrentStreams === 2000);
    for (let i = 0; i < 5000; i++) openStream(flood);

    expect(await client.echo('me')).toBe('me');
    expect(await get200(api)).toBe(200);
    flood.destroy();
  });

  it('should put up with frames that are nonsense', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector });
    const socket = await dial(api.port);
    socket.write(Buffer.concat([Buffer.from(PREFACE), Buffer.alloc(20_000, 0xff)]));

    await closed(socket);

    expect(await get200(api)).toBe(200);
  });
});

describe('closing', () => {
  it('should lose no request that a handler has begun, over either protocol, under load', async () => {
    const echo = makeEchoServer(20);
    let begun = 0;
    const app = makeHelloApi();
    app.get('/work', async () => {
      begun++;
      await setTimeout(20);
      return 'x'.repeat(10_000);
    });
    await using api = await listen(app, { grpc: echo.injector });
    using client = makeEchoClient(api.port);
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    const load = { isOn: true };
    const outcomes = { http: 0, grpc: 0, refused: 0, odd: [] as string[] };
    const clients = [
      ...Array.from({ length: 50 }, async () => {
        while (load.isOn) {
          const answer = await getWith(agent, `${api.url}/work`);
          if (answer === '200 10000') outcomes.http++;
          else if (/^(ECONNREFUSED|ECONNRESET|EPIPE)$/.test(answer)) outcomes.refused++;
          else outcomes.odd.push(answer);
        }
      }),
      ...Array.from({ length: 50 }, async () => {
        while (load.isOn) {
          const answer = await client.echo('x');
          if (answer === 'x') outcomes.grpc++;
          else if (answer === 'UNAVAILABLE') outcomes.refused++;
          else outcomes.odd.push(answer);
          if (answer !== 'x') await setTimeout(1);
        }
      }),
    ];
    await waitFor('load', () => outcomes.http > 200 && outcomes.grpc > 200);

    await api.listener.close(5000);
    load.isOn = false;
    await Promise.all(clients);
    agent.destroy();

    expect(outcomes.odd).toEqual([]);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect({ http: outcomes.http, grpc: outcomes.grpc }).toEqual({ http: begun, grpc: echo.begun() });
  });

  it('should close idle connections at once', async () => {
    await using api = await listen(makeHelloApi(), { grpc: makeEchoServer().injector });
    using client = makeEchoClient(api.port);
    await client.echo('x');
    await get200(api);
    await dial(api.port);

    // Far longer than this test may take.
    await api.listener.close(600_000);

    await waitFor('no connection', () => api.listener.connections() === 0);
  });

  it('should cut off what is not done by the deadline', async () => {
    const app = makeHelloApi();
    app.get('/never', () => new Promise(() => {}));
    await using api = await listen(app, { grpc: makeEchoServer(60_000).injector });
    using client = makeEchoClient(api.port);
    const held = [fetch(`${api.url}/never`).catch(() => 'cut off'), client.echo('x')];
    await waitFor('two connections', () => api.listener.connections() === 2);

    await api.listener.close(100);

    expect(await held[0]).toBe('cut off');
    expect(await held[1]).not.toBe('x');
  });
});

function makeHelloApi(): HttpApp {
  const app = makeHttp();
  app.get('/hello', { config: { operation: 'Hello' } }, () => 'hello');
  return app;
}

async function get200(api: RunningApi): Promise<number> {
  const answer = await fetch(`${api.url}/hello`);
  await answer.text();
  return answer.status;
}

/** `200 10000` (status and length), or the code of the error. */
function getWith(agent: Agent, url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (answer) => {
      let length = 0;
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      answer.on('end', () => resolve(`${answer.statusCode} ${length}`));
      answer.on('error', (error) => resolve(`cut off: ${error.message}`));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

async function writeSlowly(socket: Socket, text: string, size: number): Promise<void> {
  for (let at = 0; at < text.length; at += size) {
    socket.write(text.slice(at, at + size), 'latin1');
    await setTimeout(1);
  }
}

function openSession(port: number): Promise<ClientHttp2Session> {
  return new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on('error', () => {});
    session.once('connect', () => resolve(session));
  });
}

function openStream(session: ClientHttp2Session) {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/test.Echo/Echo',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => {});
  return stream;
}

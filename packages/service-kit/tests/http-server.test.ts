import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createHealth, addHealthRoutes } from '../src/health/index.ts';
import { createLimiter, HttpError } from '../src/listen/index.ts';
import type { ErrorBody } from '../src/listen/index.ts';
import { silentLog } from '../src/log/index.ts';
import type { Access } from '../src/log/index.ts';
import { addMetricsRoute, createRegistry, createRequestMetrics, metricsText } from '../src/metrics/index.ts';
import { listen, makeHttp } from './_support/api.ts';
import type { HttpApp } from './_support/api.ts';
import { dial, readAll, talk } from './_support/raw-client.ts';
import { waitFor } from './_support/wait-for.ts';

describe('the HTTP server', () => {
  const json = { 'content-type': 'application/json' };

  it.each<[string, string, RequestInit, number, string]>([
    ['an unknown path', '/nothing', {}, 404, 'not_found'],
    ['a wrong method', '/things/1', { method: 'PUT' }, 405, 'method_not_allowed'],
    ['an unusual method', '/things/1', { method: 'PROPFIND' }, 405, 'method_not_allowed'],
    ['a wrong method on an unknown path', '/nothing', { method: 'POST' }, 404, 'not_found'],
    ['broken JSON', '/things', { method: 'POST', body: '{', headers: json }, 400, 'invalid_request'],
    [
      'a poisoned prototype',
      '/things',
      { method: 'POST', body: '{"__proto__":{}}', headers: json },
      400,
      'invalid_request',
    ],
    [
      'broken UTF-8',
      '/things',
      { method: 'POST', body: new Uint8Array([0x22, 0xff, 0x22]), headers: json },
      400,
      'invalid_request',
    ],
    [
      'another type',
      '/things',
      { method: 'POST', body: 'a', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    [
      'a nonsense type',
      '/things',
      { method: 'POST', body: 'a', headers: { 'content-type': '///' } },
      415,
      'unsupported_media_type',
    ],
    [
      'a body over the limit',
      '/things',
      { method: 'POST', body: `"${'x'.repeat(2000)}"`, headers: json },
      413,
      'payload_too_large',
    ],
    ['broken percent-encoding', '/things/%zz', {}, 400, 'invalid_request'],
    ['a domain error', '/busy', {}, 409, 'slot_busy'],
    ['a bug', '/bug', {}, 500, 'internal'],
    ['a database that is away', '/away', {}, 503, 'unavailable'],
    ['a request that takes too long', '/slow', {}, 504, 'deadline_exceeded'],
    ['missing credentials', '/secret', {}, 401, 'unauthenticated'],
  ])('should answer %s in the shape of every error', async (_, path, init, status, name) => {
    await using api = await listen(makeApi({ requestTimeoutMs: 200 }));

    const answer = await fetch(api.url + path, init);
    const text = await answer.text();

    const body = JSON.parse(text) as ErrorBody;
    expect([answer.status, body.code, body.error]).toEqual([status, status, name]);
    expect(body.message).toMatch(/\w{3}/);
    expect(body.details).toBeInstanceOf(Array);
    expect(Object.keys(body)).toEqual(['code', 'error', 'message', 'details']);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(text).not.toMatch(/hunter2|\.ts:|node_modules/);
  });

  it('should name the allowed methods', async () => {
    await using api = await listen(makeApi());

    const answer = await fetch(`${api.url}/things/1`, { method: 'POST' });

    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD');
  });

  it('should take any content type on a request without a body', async () => {
    await using api = await listen(makeApi());

    const statuses = await Promise.all(
      ['text/plain', '///', 'application/json'].map(async (type) => {
        const answer = await fetch(`${api.url}/things/1`, {
          method: 'DELETE',
          headers: { 'content-type': type },
        });
        return answer.status;
      }),
    );

    expect(statuses).toEqual([204, 204, 204]);
  });

  it('should read a merge patch, and JSON with a charset', async () => {
    await using api = await listen(makeApi());
    const post = async (type: string): Promise<unknown> =>
      (
        await fetch(`${api.url}/things`, {
          method: 'POST',
          body: '{"a":"ü"}',
          headers: { 'content-type': type },
        })
      ).json();

    expect(await post('application/merge-patch+json')).toEqual({ a: 'ü' });
    expect(await post('application/json; charset=UTF-8')).toEqual({ a: 'ü' });
  });

  it.each([
    ['localhost:1234', 200],
    ['LOCALHOST.', 200],
    ['127.8.9.1', 200],
    ['[::1]:80', 200],
    ['app.localhost', 200],
    ['good.example', 200],
    ['a.b.wild.example:99', 200],
    ['evil.example', 403],
    ['wild.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost@evil.example', 403],
    ['1.2.3.4', 403],
    ['', 403],
  ])('should look at the Host header %j', async (host, status) => {
    await using api = await listen(makeApi({ allowedHosts: ['good.example', '*.wild.example'] }));

    const answer = await talk(
      api.port,
      `GET /things/1 HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );

    expect(answer).toContain(`HTTP/1.1 ${status} `);
  });

  it('should answer a request without Host, and bytes that are not HTTP, in the same shape', async () => {
    await using api = await listen(makeApi());

    const answers = await Promise.all(
      [
        'GET / HTTP/1.1\r\nconnection: close\r\n\r\n',
        'hello\r\n\r\n',
        '\x16\x03\x01\x02\x00',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      ].map((text) => talk(api.port, text)),
    );

    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
        code: 400,
        error: 'invalid_request',
      });
    }
  });

  it('should refuse headers without end', async () => {
    await using api = await listen(makeApi());

    const answer = await talk(
      api.port,
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    );

    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('should take over a sane request id, make one otherwise, and say it in the answer', async () => {
    await using api = await listen(makeApi());
    const idFor = async (id: string): Promise<string | null> =>
      (await fetch(`${api.url}/things/1`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');

    expect(await idFor('abc-123')).toBe('abc-123');
    expect(await idFor('a b"c')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('x'.repeat(500))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('should send the headers that keep browsers in bounds, a policy with HTML alone', async () => {
    await using api = await listen(makeApi());

    const page = await fetch(`${api.url}/page`);
    const data = await fetch(`${api.url}/things/1`);

    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(data.headers.get('content-security-policy')).toBeNull();
    expect(data.headers.get('x-content-type-options')).toBe('nosniff');
    expect(data.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('should write at level debug what is routine, unless it fails', async () => {
    const lines: Access[] = [];
    const log = { ...silentLog(), access: (access: Access) => void lines.push(access) };
    await using api = await listen(makeApi({ log }));

    for (const path of ['/health/live', '/health/nothing', '/things/1']) await fetch(`${api.url}${path}`);
    await waitFor('three access lines', () => lines.length === 3);

    expect(lines.map(({ path, level }) => [path, level])).toEqual([
      ['/health/live', 'debug'],
      ['/health/nothing', 'info'],
      ['/things/1', 'info'],
    ]);
  });

  it('should write one access line and one observation for each request, whatever became of it', async () => {
    const lines: Access[] = [];
    const registry = createRegistry();
    const log = { ...silentLog(), access: (access: Access) => void lines.push(access) };
    await using api = await listen(makeApi({ log, metrics: createRequestMetrics(registry) }));

    await (await fetch(`${api.url}/things/1?token=hunter2`, { headers: { 'user-agent': 'me' } })).text();
    await (await fetch(`${api.url}/wp-login.php`)).text();
    await (await fetch(`${api.url}/bug`)).text();
    await fetch(`${api.url}/slow`, { signal: AbortSignal.timeout(50) }).catch(() => {});
    await waitFor('four access lines', () => lines.length === 4);

    expect(lines.map(({ path, status }) => [path.split('?')[0], status])).toEqual([
      ['/things/1', 200],
      ['/wp-login.php', 404],
      ['/bug', 500],
      ['/slow', 499],
    ]);
    expect(lines[0]).toMatchObject({
      clientAddress: '127.0.0.1',
      method: 'GET',
      protocol: 'HTTP/1.1',
      userAgent: 'me',
    });
    const text = await metricsText([registry]);
    expect(text).toContain('api_requests_total{protocol="http",method="GetThing",code="200"} 1\n');
    expect(text).toContain('api_requests_total{protocol="http",method="unknown",code="404"} 1\n');
    expect(text).toContain('api_requests_in_flight{protocol="http",method="GetThing"} 0\n');
  });

  it('should abort the signal of a request whose client has gone, and of none that runs', async () => {
    const signals: AbortSignal[] = [];
    const app = makeApi();
    app.post('/wait', async (request) => {
      signals.push(request.signal);
      await setTimeout(50);
      if (signals.length === 1) return { aborted: request.signal.aborted };
      return new Promise(() => {});
    });
    await using api = await listen(app);
    const init = { method: 'POST', body: '{}', headers: json };

    const first = await (await fetch(`${api.url}/wait`, init)).json();
    await fetch(`${api.url}/wait`, { ...init, signal: AbortSignal.timeout(100) }).catch(() => {});
    await waitFor('the second signal', () => signals[1]?.aborted === true);

    expect(first).toEqual({ aborted: false });
  });

  it('should queue a thousand calls of one client, and refuse none', async () => {
    const limiter = createLimiter({ maxRunning: 16, maxWaiting: 4096 });
    const app = makeApi({ limiter });
    const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
    app.get('/work', async () => {
      await gate;
      return {};
    });
    await using api = await listen(app);

    const answers = Promise.all(
      Array.from({ length: 1000 }, async () => {
        const answer = await fetch(`${api.url}/work`);
        await answer.text();
        return answer.status;
      }),
    );

    await waitFor('all are in or in line', () => limiter.waiting() === 984);
    expect(limiter.running()).toBe(16);
    openGate();

    expect(new Set(await answers)).toEqual(new Set([200]));
    await waitFor('all places are free', () => limiter.running() === 0);
  });

  it('should refuse what finds the line full, and still answer for its health', async () => {
    const limiter = createLimiter({ maxRunning: 1, maxWaiting: 1 });
    await using api = await listen(makeApi({ limiter, requestTimeoutMs: 2000 }));
    const stop = new AbortController();
    const held = ['a', 'b'].map(() => fetch(`${api.url}/slow`, { signal: stop.signal }).catch(() => {}));
    await waitFor('a full line', () => limiter.waiting() === 1);

    const refused = await fetch(`${api.url}/things/1`);
    const health = await fetch(`${api.url}/health`);

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: 'rate_limited' });
    expect(health.status).toBe(200);
    stop.abort();
    await Promise.all(held);
    await waitFor('all places are free', () => limiter.running() === 0 && limiter.waiting() === 0);
  });

  it('should hold no place for a client that sends its body slowly', async () => {
    const limiter = createLimiter({ maxRunning: 1, maxWaiting: 0 });
    await using api = await listen(makeApi({ limiter }));
    const slow = await dial(api.port);
    const answer = readAll(slow);
    slow.write(
      'POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{',
    );

    const other = await fetch(`${api.url}/things/1`);
    slow.write('}');

    expect(other.status).toBe(200);
    expect(await answer).toContain('HTTP/1.1 200 ');
  });

  it('should serve metrics of several registries, guarded', async () => {
    const app = makeApi();
    addMetricsRoute(app, [createRegistry()], { prefix: '/open' });
    addMetricsRoute(app, [], {
      guard: (_, __, done) => done(new HttpError(403, 'forbidden', 'not for you')),
    });
    await using api = await listen(app);

    const open = await fetch(`${api.url}/open/metrics`);

    expect(open.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await fetch(`${api.url}/metrics`)).status).toBe(403);
  });

  it('should answer 503 for a failing health, and another status where one is asked for', async () => {
    const app = makeApi();
    addHealthRoutes(app, createHealth({ serviceId: 'x' }), { prefix: '/sick', failStatus: 500 });
    addHealthRoutes(app, createHealth({ serviceId: 'x' }), { prefix: '/new' });
    await using api = await listen(app);
    const status = async (path: string): Promise<number> => (await fetch(api.url + path)).status;

    expect(await status('/sick/health')).toBe(500);
    expect(await status('/new/health/ready')).toBe(503);
    expect(await status('/new/health/live')).toBe(200);
  });
});

class SlotBusyError extends Error {}

function makeApi(options: Parameters<typeof makeHttp>[0] = {}): HttpApp {
  const app = makeHttp({
    mapError: (error) =>
      error instanceof SlotBusyError ? new HttpError(409, 'slot_busy', 'the slot is taken') : undefined,
    ...options,
  });
  app.get('/things/:id', { config: { operation: 'GetThing' } }, () => ({ id: 1 }));
  app.delete('/things/:id', { config: { operation: 'DeleteThing' } }, (_, reply) => reply.code(204).send());
  app.post('/things', { config: { operation: 'CreateThing' } }, (request) => request.body);
  app.get('/busy', () => {
    throw new SlotBusyError('busy');
  });
  app.get('/bug', () => {
    throw new Error('select hunter2');
  });
  app.get('/away', () => {
    throw Object.assign(new Error('hunter2 refused'), { code: 'database_unavailable' });
  });
  app.get('/secret', () => {
    throw Object.assign(new Error('a token is needed'), { code: 'unauthenticated' });
  });
  app.get('/slow', () => new Promise(() => {}));
  app.get('/page', (_, reply) => reply.type('text/html').send('<p>hello</p>'));
  const health = createHealth({ serviceId: 'test' });
  health.markStarted();
  addHealthRoutes(app, health);
  return app;
}

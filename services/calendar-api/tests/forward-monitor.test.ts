import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { createRestapi, restapiSchema } from '@daywatch/restapi';
import { silentLog } from '@daywatch/service-kit/log';
import { findMigrations } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { startReadyApi, type ApiProcess } from './_support/process.ts';

describe('calendar_api beside restapi', () => {
  let database: TestDatabase;
  let restapi: ReturnType<typeof createRestapi>;
  let api: ApiProcess;
  const stopping = new AbortController();
  beforeAll(async () => {
    database = await createTestDatabase();
    const config = restapiSchema.parse({ http: { port: 0 }, storage: { dsn: database.dsn } });
    restapi = createRestapi(config, {
      log: silentLog(),
      migrations: findMigrations(join(import.meta.dirname, '../src'), ['access', 'monitor']),
      signal: stopping.signal,
      remainingDrainMs: () => 1000,
    });
    const { port } = await restapi.start();
    await restapi.ready;
    api = await startReadyApi({
      DAYWATCH_STORAGE_DSN: database.dsn,
      DAYWATCH_MONITOR_URL: `http://127.0.0.1:${port}`,
    });
  });
  afterAll(async () => {
    await api.stop();
    stopping.abort();
    await restapi[Symbol.asyncDispose]();
    await database.drop();
  });

  it.each(['metrics', 'checks', 'targets', 'series', 'monitor/board?period=90d', 'monitor/results'])(
    'should pass on %s and its answer',
    async (path) => {
      const response = await api.fetch(`/api/v1/${path}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'application/json; charset=utf-8',
      ]);
    },
  );

  it('should pass on errors as they are', async () => {
    const response = await api.fetch('/api/v1/checks?num=0');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request', details: [{ field: 'num' }] });
  });

  it('should pass on that a client has an answer already', async () => {
    const etag = (await api.fetch('/api/v1/targets')).headers.get('etag') ?? '';
    const again = await api.fetch('/api/v1/targets', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('should pass on events as they come', async () => {
    const response = await api.fetch('/api/v1/monitor/events');
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('event: resync')) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) break;
      text += new TextDecoder().decode(value as Uint8Array);
    }
    await reader?.cancel();

    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(text).toContain('event: resync');
  });

  it('should let nobody through who may not read, and forward nothing else', async () => {
    expect((await fetch(`${api.origin}/api/v1/checks`)).status).toBe(401);
    expect((await api.fetch('/api/v1/checks', { method: 'POST' })).status).toBe(405);
    for (const path of ['/api/v1/metrics/x', '/api/v1/monitor', '/api/v1/target', '/parts/monitor/health']) {
      expect([path, (await api.fetch(path)).status]).toEqual([path, 404]);
    }
  });
});

describe('calendar_api before a restapi of any kind', () => {
  let upstream: Server;
  let heard: IncomingHttpHeaders;
  let url: string;
  beforeAll(async () => {
    upstream = createServer((request, response) => {
      heard = request.headers;
      response.end('{}');
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  });
  afterAll(() => void upstream.close());

  it('should pass on credentials, and no user id that anybody could make up', async () => {
    await using api = await startReadyApi({ DAYWATCH_MONITOR_URL: url });
    await api.fetch('/api/v1/checks', { headers: { cookie: 'a=b', 'x-forwarded-for': '1.2.3.4' } });
    expect(heard).toMatchObject({ authorization: `Bearer ${api.token}`, cookie: 'a=b' });
    expect(Object.keys(heard)).not.toContain('x-forwarded-for');

    const spoofed = await api.fetch('/api/v1/checks', { headers: { 'x-user-id': 'root' } });
    expect(spoofed.status === 200 ? heard['x-user-id'] : undefined).toBeUndefined();
  });

  it('should pass on the user whom a gateway has authenticated', async () => {
    await using api = await startReadyApi({
      DAYWATCH_MONITOR_URL: url,
      DAYWATCH_AUTH_MODE: 'trusted-header',
    });
    await fetch(`${api.origin}/api/v1/checks`, { headers: { 'x-user-id': 'ann' } });
    expect(heard['x-user-id']).toBe('ann');
  });

  it('should say 503 in the shape of every error while it is away', async () => {
    await using api = await startReadyApi({ DAYWATCH_MONITOR_URL: 'http://127.0.0.1:1' });
    const response = await api.fetch('/api/v1/checks');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ code: 503, error: 'unavailable' });
  });

  it('should find nothing where no monitor is configured', async () => {
    await using api = await startReadyApi();
    expect((await api.fetch('/api/v1/checks')).status).toBe(404);
  });
});

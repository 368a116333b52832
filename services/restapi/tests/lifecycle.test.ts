import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { startTcpProxy, type TcpProxy } from '../../../tests/_support/tcp-proxy.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { readEvents } from './_support/event-reader.ts';
import { startRestapi } from './_support/process.ts';

let database: TestDatabase;
let proxy: TcpProxy;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  database = await createTestDatabase();
  const { hostname, port } = new URL(database.dsn);
  proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const through = new URL(database.dsn);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.port);
  environment = { DAYWATCH_STORAGE_DSN: through.href, DAYWATCH_AUTH_MODE: 'none' };
});
afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await database.drop();
});

describe('a running restapi', () => {
  it('should be alive and not ready while it waits for its database, and recover by itself', async () => {
    proxy.cut();
    await using restapi = await startRestapi(environment, false);
    const ask = async (path: string): Promise<number> => (await fetch(restapi.origin + path)).status;

    expect(await ask('/health/live')).toBe(200);
    expect(await ask('/health/ready')).toBe(503);
    const refused = await fetch(`${restapi.origin}/api/v1/checks`);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      503,
      'application/json; charset=utf-8',
    ]);
    expect(await refused.json()).toMatchObject({ code: 503, error: 'unavailable' });

    proxy.restore();
    await waitFor('readiness', async () => (await ask('/health/ready')) === 200);
    expect(await ask('/api/v1/checks')).toBe(200);

    proxy.cut();
    expect(await ask('/api/v1/checks')).toBe(503);
    expect(await ask('/api/v1/metrics')).toBe(503);
    proxy.restore();
    await waitFor('answers', async () => (await ask('/api/v1/checks')) === 200);
  });

  it('should end its streams on SIGTERM, and then itself with 0', async () => {
    const restapi = await startRestapi(environment);
    const reader = await readEvents((init) => fetch(`${restapi.origin}/api/v1/monitor/events`, init));
    expect(await reader.next()).toMatchObject({ event: 'resync' });
    const ended = reader.next();

    const { code, stderr } = await restapi.stop('SIGTERM');

    expect([code, stderr, await ended]).toEqual([0, '', undefined]);
  });

  it('should say in one line that its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      await expect(startRestapi({ ...environment, DAYWATCH_HTTP_PORT: String(port) })).rejects.toThrow(
        `${port}`,
      );
    } finally {
      server.close();
    }
  });

  it('should write one access line for each request, streams included', async () => {
    const restapi = await startRestapi(environment);
    const headers = { 'x-request-id': 'line-test' };
    await (await fetch(`${restapi.origin}/api/v1/metrics?name=up`, { headers })).text();
    const { stdout } = await restapi.stop();

    const lines = stdout.split('\n').filter((line) => line.includes('"request_id":"line-test"'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      kind: 'access',
      method: 'GET',
      path: '/api/v1/metrics',
      status: 200,
    });
  });
});

import { migrate } from '@daywatch/service-kit/postgres';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, migrationSources } from '../../../tests/_support/databases.ts';
import { createGateway } from './_support/gateway.ts';
import { run, startApi, startReadyApi, waitFor, type ApiProcess } from './_support/process.ts';

async function statusOf(api: ApiProcess, path: string): Promise<number> {
  return (await api.fetch(path)).status;
}

function readinessOf(api: ApiProcess, status: number): Promise<true> {
  return waitFor(
    `readiness ${status}`,
    async () => (await statusOf(api, '/health/ready')) === status || undefined,
  );
}

describe('a database that is not there', () => {
  it('should be waited for, alive and not ready, whenever it goes and comes', async () => {
    await using database = await createTestDatabase();
    await using gateway = await createGateway(database.dsn);
    await using api = await startApi({ DAYWATCH_STORAGE_DSN: gateway.dsn });

    const early = await api.fetch('/api/v1/calendars');
    const states = [
      await statusOf(api, '/health/live'),
      await statusOf(api, '/health/ready'),
      await statusOf(api, '/health'),
    ];
    await gateway.open();
    await readinessOf(api, 200);
    const served = await statusOf(api, '/api/v1/calendars');
    await gateway.shut();
    await readinessOf(api, 503);
    const lost = await api.fetch('/api/v1/calendars');
    const alive = await statusOf(api, '/health/live');
    await gateway.open();
    await readinessOf(api, 200);
    const again = await waitFor(
      'an answer',
      async () => (await statusOf(api, '/api/v1/calendars')) === 200 || undefined,
    );
    const { code } = await api.stop();

    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await early.json()).toMatchObject({ code: 503, error: 'unavailable', details: [] });
    expect(states).toEqual([200, 503, 503]);
    expect([served, lost.status, alive, again, code]).toEqual([200, 503, 200, true, 0]);
  });

  it('should be waited for until it is migrated, with a line in the log for each change alone', async () => {
    await using database = await createTestDatabase({ migrated: false });
    await using api = await startApi({ DAYWATCH_STORAGE_DSN: database.dsn });
    await waitFor('the line', () => /its schema lacks access\/0001_\w+/.exec(api.stdout()) ?? undefined);
    const early = [await statusOf(api, '/health/ready'), await statusOf(api, '/api/v1/calendars')];
    await migrate({ dsn: database.dsn, schemas: await migrationSources() });
    await readinessOf(api, 200);
    const served = await statusOf(api, '/api/v1/calendars');
    await api.stop();
    expect([early, served]).toEqual([[503, 503], 200]);
    // While it is migrated, what is missing may be seen to change: that is news.
    const lines = api.stdout().match(/its schema lacks[^"]*/g) ?? [];
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('a stop', () => {
  it('should lose no request that was accepted, under load', async () => {
    await using database = await createTestDatabase();
    await using api = await startReadyApi({ DAYWATCH_STORAGE_DSN: database.dsn });
    const acknowledged = new Set<string>();
    const answers = new Map<number, number>();
    let sent = 0;

    /** Creates events one after the other until the server is gone. */
    async function write(writer: number): Promise<void> {
      for (let i = 0; ; i++) {
        const title = `${writer}-${i}`;
        const start = new Date(Date.UTC(2030 + writer, 0, 1) + i * 3_600_000).toISOString();
        const body = JSON.stringify({ title, start, duration: 'PT1H' });
        sent++;
        try {
          const answer = await api.fetch('/api/v1/events', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          });
          await answer.arrayBuffer();
          answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
          if (answer.status === 201) acknowledged.add(title);
        } catch {
          return;
        }
      }
    }

    const writers = Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    await waitFor('load', () => acknowledged.size > 200 || undefined);
    const { code } = await api.stop('SIGTERM');
    await writers;

    const client = new Client({ connectionString: database.dsn });
    await client.connect();
    const { rows } = await client.query<{ title: string }>('SELECT title FROM calendar.events');
    await client.end();
    expect(code).toBe(0);
    expect([...answers.keys()]).toEqual([201]);
    // Whatever was stored was answered: each of the 16 that failed never reached a handler.
    expect(rows.map(({ title }) => title).toSorted()).toEqual([...acknowledged].toSorted());
    expect(sent).toBe(acknowledged.size + 16);
  });

  it('should be forced by a second signal', async () => {
    await using api = await startReadyApi();
    // A request whose body never ends is waited for.
    const socket = connect(api.port, '127.0.0.1').on('error', () => {});
    socket.write(
      `POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    );
    await waitFor('the request', async () => {
      const metrics = await (await api.fetch('/metrics')).text();
      return metrics.includes('api_requests_in_flight{protocol="http",method="CreateEvent"} 1') || undefined;
    });
    api.child.kill('SIGTERM');
    await waitFor('the stop', () => api.stdout().includes('calendar_api stops') || undefined);
    const { code } = await api.stop('SIGINT');
    socket.destroy();
    expect(code).toBe(1);
  });
});

describe('a start', () => {
  it('should say which key to change where the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await run([], { DAYWATCH_HTTP_PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`calendar_api: port ${port} on 127.0.0.1 is in use by another program`);
    expect(stderr).toContain('http.port');
  });

  it('should refuse a first token that is easy to guess', async () => {
    const { code, stdout } = await run([], {
      DAYWATCH_HTTP_PORT: '0',
      DAYWATCH_AUTH_BOOTSTRAP_TOKEN_FILE: '/etc/hostname',
    });
    expect(code).toBe(1);
    expect(stdout).toContain("auth.bootstrap_token_file: the file's content");
  });
});

/** Eight processes one after the other, each a second or more on a busy machine. */
const COMMANDS_TIMEOUT_MS = 120_000;

describe('calendar_api token', () => {
  it(
    'should make tokens that work, list them, and revoke them',
    async () => {
      await using database = await createTestDatabase();
      const environment = { DAYWATCH_STORAGE_DSN: database.dsn };
      await using api = await startReadyApi(environment);

      const created = await run(
        ['token', 'create', 'laptop', '--user', 'ann', '--expires', '90d'],
        environment,
      );
      const asProgram = await run(['token', 'create', 'robot', '--user', 'ann', '--json'], environment);
      const taken = await run(['token', 'create', 'laptop', '--user', 'ann'], environment);
      const listed = await run(['token', 'list', '--user', 'ann'], environment);
      const token = created.stdout.trim();
      const ask = () =>
        fetch(`${api.origin}/api/v1/calendars`, { headers: { authorization: `Bearer ${token}` } });
      const served = await ask();
      const revoked = await run(['token', 'revoke', 'laptop'], environment);
      const refused = await waitFor('the revocation', async () => (await ask()).status === 401 || undefined);
      const rest = await run(['token', 'list', '--user', 'ann', '--json'], environment);
      await api.stop();

      expect([created.code, token]).toEqual([0, expect.stringMatching(/^dw_/)]);
      expect(created.stderr).toBe("Token 'laptop' of 'ann'. Keep it: it is not shown again.\n");
      expect(JSON.parse(asProgram.stdout)).toMatchObject({
        name: 'robot',
        user: 'ann',
        scopes: ['calendar'],
        token: expect.any(String),
      });
      expect([taken.code, taken.stderr]).toEqual([
        1,
        expect.stringMatching(/^calendar_api: name: the user 'ann' has a token 'laptop'/),
      ]);
      expect(listed.stdout.split('\n')[0]).toMatch(
        /^ID +NAME +USER +SCOPES +STATE +CREATED +EXPIRES +LAST USED$/,
      );
      expect(listed.stdout).toContain('laptop');
      expect(listed.stdout).not.toContain(token);
      expect(served.status).toBe(200);
      expect([revoked.code, revoked.stdout]).toEqual([
        0,
        expect.stringContaining("Revoked 'laptop' of 'ann'."),
      ]);
      expect(refused).toBe(true);
      expect(JSON.parse(rest.stdout).tokens).toMatchObject([
        { name: 'robot', state: 'active', expires_at: null },
      ]);
    },
    COMMANDS_TIMEOUT_MS,
  );
});

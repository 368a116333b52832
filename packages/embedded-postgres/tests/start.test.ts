import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, describe, expect, it } from 'vitest';

import { startEmbeddedPostgres } from '../src/index.ts';
import { query } from './_support/query.ts';
import { listPrograms, makeTempFolder, makeUsedFolder, removeTemplate } from './_support/temp-folder.ts';
import { isAlive, waitUntil } from './_support/wait-until.ts';

afterAll(removeTemplate);

describe('the first start', () => {
  it('should make a cluster with checksums, UTF-8 in code point order, and UTC', async () => {
    await using folder = await makeTempFolder();
    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir });

    const [settings] = await query(
      postgres.superuserDsn,
      `SELECT current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding,
              current_setting('TimeZone') AS zone, current_setting('fsync') AS fsync,
              current_setting('server_version') AS version, datlocprovider AS provider, datlocale AS locale
         FROM pg_database WHERE datname = current_database()`,
    );

    expect(settings).toStrictEqual({
      checksums: 'on',
      encoding: 'UTF8',
      zone: 'UTC',
      fsync: 'on',
      version: postgres.version,
      provider: 'b',
      locale: 'C.UTF-8',
    });
    expect(postgres.version).toMatch(/^18\./);
  });

  it('should keep everyone out who has no password', async () => {
    await using folder = await makeUsedFolder();
    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
    const { host, port } = postgres;

    const wrong = query(`postgres://postgres:guess@${host}:${port}/postgres`, 'SELECT 1');

    await expect(wrong).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(folder.cluster)).mode & 0o077).toBe(0);
    expect((await stat(join(folder.cluster, 'daywatch-password'))).mode & 0o077).toBe(0);
    const methods = (await readFile(join(folder.cluster, 'pg_hba.conf'), 'utf8')).match(
      /^[^#\s].*\s(\S+)$/gm,
    );
    expect(methods?.every((line) => line.endsWith(' scram-sha-256'))).toBe(true);
  });

  it('should listen on 127.0.0.1 alone, whatever the settings say', async () => {
    await using folder = await makeUsedFolder();
    const settings = { listen_addresses: '*', unix_socket_directories: folder.path };

    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, settings });

    expect(await listListeners(postgres.port)).toStrictEqual(['0100007F']);
  });

  it('should put the server into a session of its own, which a Ctrl-C at our terminal does not reach', async () => {
    await using folder = await makeUsedFolder();

    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });

    const [, , processGroup, session] =
      (await readFile(`/proc/${postgres.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    expect([processGroup, session]).toStrictEqual([String(postgres.pid), String(postgres.pid)]);
  });
});

describe('a later start', () => {
  it('should find the data again, on the port that it is given', async () => {
    await using folder = await makeUsedFolder();
    const options = { dataDir: folder.dataDir, durable: false };
    const first = await startEmbeddedPostgres(options);
    await query(first.superuserDsn, 'CREATE TABLE note AS SELECT 1 AS id');
    await first.stop();

    await using second = await startEmbeddedPostgres({ ...options, port: first.port });

    expect(second.port).toBe(first.port);
    expect(second.superuserDsn).toBe(first.superuserDsn);
    expect(await query(second.dsn(), 'SELECT id FROM note')).toStrictEqual([{ id: 1 }]);
  });

  it('should pass settings on, and turn durability off only when asked', async () => {
    await using folder = await makeUsedFolder();
    const settings = { max_connections: '33' };

    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, settings });

    const names = ['max_connections', 'fsync', 'synchronous_commit', 'full_page_writes'];
    const rows = await query(postgres.dsn(), 'SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [
      names,
    ]);
    expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toStrictEqual({
      max_connections: '33',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    });
  });

  it('should give a connection string for any database', async () => {
    await using folder = await makeUsedFolder();
    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
    await query(postgres.dsn(), 'CREATE DATABASE "two words ä"');

    const rows = await query(postgres.dsn('two words ä'), 'SELECT current_database() AS name');

    expect(rows).toStrictEqual([{ name: 'two words ä' }]);
  });
});

describe('a start that fails', () => {
  it('should name a busy port, and leave no process', async () => {
    await using folder = await makeUsedFolder();
    await using squatter = createServer().listen(0, '127.0.0.1');
    await waitUntil('the squatter listens', () => squatter.listening);
    const address = squatter.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, port });

    await expect(start).rejects.toMatchObject({
      code: 'port_busy',
      message: expect.stringContaining(`${port}`),
    });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });

  it('should show the last lines of the server, leave no process and give the folder back', async () => {
    await using folder = await makeUsedFolder();
    const options = { dataDir: folder.dataDir, durable: false };

    const start = startEmbeddedPostgres({ ...options, settings: { no_such_setting: '1' } });

    await expect(start).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      code: 'start_failed',
      message: expect.stringContaining('unrecognized configuration parameter "no_such_setting"'),
    });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
    await (await startEmbeddedPostgres(options)).stop();
  });

  it('should give up on a server that does not get ready in time', async () => {
    await using folder = await makeUsedFolder();

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, readyTimeoutMs: -1 });

    await expect(start).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringContaining('not ready'),
    });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });

  it('should name the program that a wrong folder of programs lacks', async () => {
    await using folder = await makeTempFolder();

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, binariesDir: folder.path });

    await expect(start).rejects.toMatchObject({
      code: 'platform_unsupported',
      message: expect.stringContaining(`${folder.path}/bin/postgres`),
    });
  });
});

describe('a machine without the C library', () => {
  it('should be told so, since the programs are there and yet cannot be executed', async () => {
    await using folder = await makeTempFolder();
    await mkdir(join(folder.path, 'bin'));
    for (const name of ['postgres', 'initdb']) {
      await writeFile(join(folder.path, 'bin', name), '#!/lib64/no-such-loader.so\n', { mode: 0o755 });
    }

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, binariesDir: folder.path });

    const message = expect.stringContaining('glibc');
    await expect(start).rejects.toMatchObject({ code: 'platform_unsupported', message });
  });
});

describe('an aborted start', () => {
  it.each([0, 20, 50, 100, 200, 400])('should leave no process after %i ms', async (afterMs) => {
    await using folder = await makeTempFolder();
    const controller = new AbortController();

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, signal: controller.signal });
    // The moment is the input here: it falls into another step of the start each time.
    await Promise.race([delay(afterMs), start.catch(() => undefined)]);
    controller.abort();

    await expect(start).rejects.toMatchObject({ code: 'aborted' });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });

  it('should leave no process when the server is on its way up', async () => {
    await using folder = await makeUsedFolder();
    const controller = new AbortController();

    const start = startEmbeddedPostgres({
      dataDir: folder.dataDir,
      signal: controller.signal,
      log: (line) => line.includes('starting PostgreSQL') && controller.abort(),
    });

    await expect(start).rejects.toMatchObject({ code: 'aborted' });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });
});

describe('stop', () => {
  it('should leave no process, tell that it was asked for, and bear to be called again', async () => {
    await using folder = await makeUsedFolder();
    const postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
    const open = query(postgres.dsn(), 'SELECT pg_sleep(600)');
    open.catch(() => undefined);
    await waitUntil('a query runs', async () => {
      const rows = await query(
        postgres.dsn(),
        `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%sleep(600)'`,
      );
      return rows.length > 0;
    });

    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stop();

    await expect(open).rejects.toThrow();
    expect(await isAlive(postgres.pid)).toBe(false);
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
    expect(await postgres.exited).toMatchObject({ code: 0, signal: null, wasRequested: true });
  });
});

/** The addresses in hexadecimal, network order reversed, on which the kernel listens for a port. */
async function listListeners(port: number): Promise<readonly string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')));
  const LISTEN = '0A';
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, local = '', , state]) =>
        state === LISTEN && Number.parseInt(local.split(':')[1] ?? '', 16) === port,
    )
    .map(([, local = '']) => local.split(':')[0] ?? '');
}

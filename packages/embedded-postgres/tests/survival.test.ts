import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';

import { startEmbeddedPostgres } from '../src/index.ts';
import { startStranger } from './_support/environments.ts';
import { query } from './_support/query.ts';
import { runChild } from './_support/run-child.ts';
import { listPrograms, makeTempFolder, makeUsedFolder, removeTemplate } from './_support/temp-folder.ts';
import { isAlive, waitUntil } from './_support/wait-until.ts';

afterAll(removeTemplate);

describe('kill -9 of our process', () => {
  it('should cost no committed row, and the server left behind should make way', async () => {
    await using folder = await makeUsedFolder();
    const child = runChild({ dataDir: folder.dataDir });
    const report = await child.report;
    if (report.kind === 'failed') throw new Error(report.message);
    await query(report.dsn, 'CREATE TABLE written (id bigint PRIMARY KEY)');
    using writers = startWriters(report.dsn, 4);
    await waitUntil('200 rows are committed', () => writers.committed.length >= 200);

    await child.kill();

    expect(await isAlive(report.pid)).toBe(true);
    const logged: string[] = [];
    await using next = await startEmbeddedPostgres({
      dataDir: folder.dataDir,
      log: (line) => logged.push(line),
    });
    await writers.ended;
    const rows = await query<{ id: string }>(next.dsn(), 'SELECT id FROM written');
    const found = new Set(rows.map((row) => Number(row.id)));
    expect(writers.committed.filter((id) => !found.has(id))).toStrictEqual([]);
    expect(next.pid).not.toBe(report.pid);
    expect(await isAlive(report.pid)).toBe(false);
    expect(logged).toContainEqual(expect.stringContaining('an earlier process left running'));
  });

  it.each([
    ['when initdb begins', 'initializing/data'],
    ['when initdb is half done', 'initializing/data/global/pg_control'],
    ['when the cluster is in place', 'data/PG_VERSION'],
    ['when the server comes up', 'data/postmaster.pid'],
  ])('should be made good by the next start, %s', async (_when, marker) => {
    await using folder = await makeTempFolder();
    const child = runChild({ dataDir: folder.dataDir, durable: false });
    await waitUntil(`${marker} appears`, () => existsSync(join(folder.dataDir, marker)));

    await child.kill();

    await using next = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
    expect(await query(next.dsn(), 'SELECT 1 AS one')).toStrictEqual([{ one: 1 }]);
    expect((await readdir(folder.dataDir)).toSorted()).toStrictEqual([
      'data',
      'daywatch-postgres.lock',
      'holder.json',
    ]);
    const pidFile = await readFile(join(folder.cluster, 'postmaster.pid'), 'utf8');
    expect(pidFile.split('\n')[0]).toBe(String(next.pid));
  });
});

describe('kill -9 of the server', () => {
  it('should be told to the caller, and cost no committed row', async () => {
    await using folder = await makeUsedFolder();
    const first = await startEmbeddedPostgres({ dataDir: folder.dataDir });
    await query(first.dsn(), 'CREATE TABLE written (id bigint PRIMARY KEY)');
    using writers = startWriters(first.dsn(), 4);
    await waitUntil('200 rows are committed', () => writers.committed.length >= 200);

    process.kill(first.pid, 'SIGKILL');

    expect(await first.exited).toMatchObject({ signal: 'SIGKILL', wasRequested: false });
    await writers.ended;
    await using next = await startEmbeddedPostgres({ dataDir: folder.dataDir });
    const rows = await query<{ id: string }>(next.dsn(), 'SELECT id FROM written');
    const found = new Set(rows.map((row) => Number(row.id)));
    expect(writers.committed.filter((id) => !found.has(id))).toStrictEqual([]);
    await first.stop();
    expect(await isAlive(next.pid)).toBe(true);
  });

  it('should leave nothing running after stop', async () => {
    await using folder = await makeUsedFolder();
    const postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });

    process.kill(postgres.pid, 'SIGKILL');
    await postgres.stop();

    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });
});

describe('a pid file from before', () => {
  it('should not stop the start when its pid belongs to a stranger now', async () => {
    await using folder = await makeUsedFolder();
    using stranger = startStranger();
    const lines = [stranger.pid, folder.cluster, 1_700_000_000, 5432, '', '127.0.0.1', '  1 2', 'ready   '];
    await writeFile(join(folder.cluster, 'postmaster.pid'), `${lines.join('\n')}\n`);

    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });

    expect(await query(postgres.dsn(), 'SELECT 1 AS one')).toStrictEqual([{ one: 1 }]);
    expect(await isAlive(stranger.pid)).toBe(true);
  });

  it.each(['', '99999999\n', 'not a pid\n'])(
    'should not stop the start when it holds %j',
    async (content) => {
      await using folder = await makeUsedFolder();
      await writeFile(join(folder.cluster, 'postmaster.pid'), content);

      await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });

      expect(await query(postgres.dsn(), 'SELECT 1 AS one')).toStrictEqual([{ one: 1 }]);
    },
  );
});

interface Writers extends Disposable {
  /** Every id whose commit was acknowledged. It grows until the connections break. */
  readonly committed: readonly number[];
  readonly ended: Promise<unknown>;
}

function startWriters(dsn: string, count: number): Writers {
  const committed: number[] = [];
  let next = 0;
  const over = new AbortController();
  const write = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: dsn });
    client.on('error', () => undefined);
    await client.connect();
    try {
      while (!over.signal.aborted) {
        const id = (next += 1);
        await client.query('INSERT INTO written VALUES ($1)', [id]);
        committed.push(id);
      }
    } catch {
      // The server is gone, as it should be.
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const ended = Promise.all(Array.from({ length: count }, write));
  return { committed, ended, [Symbol.dispose]: () => over.abort() };
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSelector } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createPostgresCheckResults } from '../src/adapters/postgres/index.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import type { Task } from './_support/crash-main.ts';
import { openRecorder } from './_support/crash-recorder.ts';

const MAIN = join(import.meta.dirname, '_support/crash-main.ts');

let root: string;
let database: TestDatabase;
let db: Postgres;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'daywatch-crash-'));
  database = await createTestDatabase();
  db = openPostgres({ dsn: database.dsn, applicationName: 'crash test reader' });
});

afterAll(async () => {
  await db.close();
  await database.drop();
  await rm(root, { recursive: true, force: true });
});

let clockSeconds = 1_700_000_000;

/** Seconds that no other scenario has. */
function newSeconds(count: number): readonly number[] {
  clockSeconds += 10_000;
  return Array.from({ length: count }, (_, i) => clockSeconds + i);
}

describe('a recorder that is killed', () => {
  it.each(['prepared', 'series-written', 'results-written', 'all-written'])(
    'should lose at most one check, and store nothing twice: %s, in the midst of writing',
    async (step) => {
      const seconds = newSeconds(4);

      const taken = await runUntilKilled({
        seconds,
        away: [],
        dieAt: { step, second: seconds[2] as number },
      });
      await writeTheRest();

      await expectStored(taken, seconds);
    },
  );

  it.each(['segment-made', 'written', 'synced'])(
    'should lose at most one check, and store nothing twice: %s, while the database is away',
    async (step) => {
      const seconds = newSeconds(4);
      const second = seconds[step === 'segment-made' ? 0 : 2] as number;

      const taken = await runUntilKilled({ seconds, away: seconds, dieAt: { step, second } });
      await writeTheRest();

      await expectStored(taken, seconds);
    },
  );

  it.each(['prepared', 'series-written', 'results-written', 'all-written', 'dropped', 'segment-removed'])(
    'should lose at most one check, and store nothing twice: %s, when the database is back',
    async (step) => {
      const seconds = newSeconds(5);
      const [first, second, back] = seconds as [number, number, number];

      const taken = await runUntilKilled({ seconds, away: [first, second], dieAt: { step, second: back } });
      await writeTheRest();

      await expectStored(taken, seconds);
    },
  );

  it.each(['packed', 'added', 'removed', 'committed'])(
    'should lose nothing and store nothing twice: %s, while it seals',
    async (step) => {
      const seconds = newSeconds(140);

      const dieAt = { step, second: Number.MAX_SAFE_INTEGER };
      const taken = await runUntilKilled({ seconds, away: [], seals: true, dieAt });
      expect(taken).toEqual(seconds);
      await expectStored(taken, seconds, 0);
      await createPostgresSeries(db).upkeep.seal(Date.now());

      await expectStored(taken, seconds, 0);
    },
  );
});

/** @returns the seconds that it took before. */
async function runUntilKilled(
  scenario: Omit<Task, 'dsn' | 'folder' | 'seals'> & { readonly seals?: boolean },
): Promise<readonly number[]> {
  const task: Task = { dsn: database.dsn, folder: join(root, 'spool'), seals: false, ...scenario };
  const words = ['--pdeathsig', 'KILL', process.execPath, MAIN, JSON.stringify(task)];
  const child = spawn('setpriv', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const end = await new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  expect({ end, stderr }).toEqual({ end: 'SIGKILL', stderr: '' });
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** What the next checker does with what is left in the spool. */
async function writeTheRest(): Promise<void> {
  const { recorder, spool } = await openRecorder({ db, folder: join(root, 'spool') });
  await waitFor('an empty spool', () => spool.usage().findings === 0);
  await recorder.stop(10_000);
  await spool[Symbol.asyncDispose]();
}

/** All that was taken is stored, but for the last, which may have been under way. */
async function expectStored(
  taken: readonly number[],
  seconds: readonly number[],
  mayLose = 1,
): Promise<void> {
  const startMs = (seconds[0] as number) * 1000;
  const endMs = ((seconds.at(-1) as number) + 1) * 1000;
  const samples: number[] = [];
  const reader = createPostgresSeries(db).reader;
  for await (const found of reader.select({ matchers: parseSelector('seconds_total'), startMs, endMs })) {
    samples.push(...found.values);
    expect([...found.values]).toEqual([...found.timestampsMs].map((ms) => ms / 1000));
  }
  const results = (await createPostgresCheckResults(db).last({ count: 1000 }))
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs >= startMs && atMs < endMs)
    .map((atMs) => atMs / 1000);
  for (const stored of [samples, results]) {
    const lost = taken.length - stored.length;
    expect(lost).toBeGreaterThanOrEqual(0);
    expect(lost).toBeLessThanOrEqual(mayLose);
    expect(stored).toEqual(taken.slice(0, stored.length));
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@daywatch/embedded-postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { startTcpProxy } from '../../../tests/_support/tcp-proxy.ts';
import {
  DatabaseUnavailableError,
  openPostgres,
  QueryError,
  type Postgres,
  type PostgresOptions,
  type SqlStatement,
} from '../src/postgres/index.ts';

const sleep: SqlStatement = { name: 'test.sleep', text: 'SELECT pg_sleep($1)' };
const ownPid: SqlStatement<{ readonly pid: number }> = {
  name: 'test.pid',
  text: 'SELECT pg_backend_pid() AS pid',
};
const terminate: SqlStatement = { name: 'test.terminate', text: 'SELECT pg_terminate_backend($1)' };
const insertItem: SqlStatement = { name: 'test.insert', text: 'INSERT INTO items (id) VALUES ($1)' };
const countItems: SqlStatement<{ readonly count: number }> = {
  name: 'test.count',
  text: 'SELECT count(*) FROM items',
};
const sleepers: SqlStatement<{ readonly pid: number }> = {
  name: 'test.sleepers',
  text: `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
};
const countConnections: SqlStatement<{ readonly count: number }> = {
  name: 'test.connections',
  text: `SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'open-postgres test'`,
};
const echo: SqlStatement<{ readonly value: number; readonly pid: number }> = {
  name: 'test.echo',
  isQuickRead: true,
  text: 'SELECT $1::int AS value, pg_backend_pid() AS pid',
};
const echoBytes: SqlStatement<{ readonly one: Buffer; readonly many: readonly Buffer[] }> = {
  name: 'test.echo_bytes',
  text: 'SELECT $1::bytea AS one, $2::bytea[] AS many',
};
const failOnZero: SqlStatement = {
  name: 'test.fail_on_zero',
  isQuickRead: true,
  text: 'SELECT 1 / $1::int',
};
const lockItems: SqlStatement = { name: 'test.lock', text: 'LOCK TABLE items' };

describe('openPostgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    await using db = open();
    await db.query(
      { name: 'create', text: 'CREATE TABLE items (id integer CONSTRAINT items_key PRIMARY KEY)' },
      [],
    );
    // Makes a commit take long, on demand: the id -1 sleeps when its transaction commits.
    await db.query(
      {
        name: 'function',
        text: `CREATE FUNCTION sleep_late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END'`,
      },
      [],
    );
    await db.query(
      {
        name: 'trigger',
        text: 'CREATE CONSTRAINT TRIGGER late AFTER INSERT ON items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.id < 0) EXECUTE FUNCTION sleep_late()',
      },
      [],
    );
  });
  afterAll(() => database.drop());

  function open(options: Partial<PostgresOptions> = {}): Postgres {
    return openPostgres({ dsn: database.dsn, applicationName: 'open-postgres test', ...options });
  }

  it('should give every caller of a shared connection its own answer, and only its own error', async () => {
    await using db = open();
    const numbers = Array.from({ length: 500 }, (_, i) => i);

    const results = await Promise.all(
      numbers.flatMap((i) => [
        db.query(echo, [i]).then(([row]) => row?.value),
        db.query(failOnZero, [i % 2]).then(
          () => 'fine',
          (error: unknown) => (error as QueryError).sqlState,
        ),
      ]),
    );

    expect(results).toEqual(numbers.flatMap((i) => [i, i % 2 === 0 ? '22012' : 'fine']));
  });

  it('should read on a few connections, however many callers there are', async () => {
    await using db = open();

    const rows = await Promise.all(Array.from({ length: 200 }, (_, i) => db.query(echo, [i])));

    expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(2);
    expect(db.usage().open).toBe(2);
  });

  it('should make a shared connection anew after it broke', async () => {
    await using db = open();
    const before = await Promise.all([db.query(echo, [1]), db.query(echo, [2])]);

    const pids = new Set(before.map(([row]) => row?.pid));
    const readTwo = () => Promise.all([db.query(echo, [4]), db.query(echo, [5])]);

    await Promise.all([...pids].map((pid) => db.query(terminate, [pid ?? 0])));
    // Each server process ends in its own time, and takes the read with it that finds it still there.
    await expect
      .poll(() => readTwo().then((after) => after.map(([row]) => !pids.has(row?.pid)), String))
      .toEqual([true, true]);
    const after = await readTwo();

    expect(after.map(([row]) => row?.value)).toEqual([4, 5]);
  });

  it('should keep the successor of a connection that broke under several callers', async () => {
    await using db = open();
    const slow: SqlStatement = {
      name: 'test.slow_read',
      isQuickRead: true,
      text: 'SELECT pg_sleep(30)::text, 1 / $1::int',
    };
    const readAgain = () => db.query(echo, [1]);
    const reads = Array.from({ length: 6 }, () => db.query(slow, [1]).catch(readAgain));
    await expect.poll(() => db.query(sleepers, [])).toHaveLength(2);

    const asleep = await db.query(sleepers, []);
    await Promise.all(asleep.map(({ pid }) => db.query(terminate, [pid])));
    await Promise.all(reads);

    await expect
      .poll(async () => (await db.query(countConnections, []))[0]?.count === db.usage().open)
      .toBe(true);
  });

  it('should answer instants as milliseconds and int8 as numbers', async () => {
    await using db = open();

    const rows = await db.query(
      {
        name: 'types',
        text: `SELECT $1::timestamptz AS at, $2::timestamp AS local, 9007199254740991 AS big, $3::text[] AS list`,
      },
      ['2026-03-29T10:00:00+02:00', '2026-03-29T10:00:00', ['a"b', 'c,d', '\\']],
    );

    expect(rows).toEqual([
      {
        at: Date.UTC(2026, 2, 29, 8),
        local: Date.UTC(2026, 2, 29, 10),
        big: Number.MAX_SAFE_INTEGER,
        list: ['a"b', 'c,d', '\\'],
      },
    ]);
  });

  it('should answer the same however often a statement has run on its connection', async () => {
    await using db = open({ maxConnections: 1 });
    const mixed: SqlStatement<Record<string, unknown>> = {
      name: 'test.mixed',
      text: `SELECT 7::int8 AS seven, NULL::text AS nothing, '{a,NULL}'::text[] AS list, $1::int AS given
             FROM generate_series(1, $2::int)`,
    };
    const row = { seven: 7, nothing: null, list: ['a', null], given: 1 };

    const together = await Promise.all([db.query(mixed, [1, 1]), db.query(mixed, [1, 2])]);
    const later = await db.query(mixed, [1, 2]);
    const none = await db.query(mixed, [1, 0]);

    expect(together).toEqual([[row], [row, row]]);
    expect(later).toEqual([row, row]);
    expect(none).toEqual([]);
  });

  it('should reject what cannot be read, again and again, and go on with the same connection', async () => {
    await using db = open({ maxConnections: 1 });
    const at: SqlStatement<{ readonly at: number }> = {
      name: 'test.at',
      text: 'SELECT $1::timestamptz AS at',
    };

    for (let i = 0; i < 2; i++) {
      await expect(db.query(at, ['infinity'])).rejects.toThrow("'infinity', which is no finite");
      await expect(db.query(at, ['soon'])).rejects.toMatchObject({ sqlState: '22007' });
      expect(await db.query(at, ['1970-01-01T00:00:01Z'])).toEqual([{ at: 1000 }]);
    }
  });

  it('should always hand texts and arrays of them over as they are', async () => {
    await using db = open({ maxConnections: 1 });
    const back: SqlStatement<{ readonly text: string; readonly list: readonly (string | null)[] }> = {
      name: 'test.back',
      text: 'SELECT $1::text AS text, $2::text[] AS list',
    };
    const texts = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    const lists = fc.array(fc.oneof(texts, fc.constantFrom(null, '', 'NULL', '{}', '"', '\\', 'a,b')));

    await fc.assert(
      fc.asyncProperty(texts, lists, async (text, list) => {
        expect(await db.query(back, [text, list])).toEqual([{ text, list }]);
      }),
    );
  });

  it('should tell the SQLSTATE and the constraint of what the server refuses', async () => {
    await using db = open();
    await db.query(insertItem, [1]);

    const error: unknown = await db.query(insertItem, [1]).catch((error: unknown) => error);

    expect(error).toBeInstanceOf(QueryError);
    expect(error).toMatchObject({ sqlState: '23505', constraint: 'items_key' });
  });

  it('should roll back what throws, and go on with the same connection', async () => {
    await using db = open({ maxConnections: 1 });
    const before = await count(db);
    const [first] = await db.query(ownPid, []);
    const reason = new Error('no');

    const failing = db.transaction(async (queries) => {
      await queries.query(insertItem, [10]);
      throw reason;
    });
    await expect(failing).rejects.toBe(reason);

    expect(await count(db)).toBe(before);
    expect(await db.query(ownPid, [])).toEqual([first]);
  });

  it('should roll back statements that were sent together when one fails', async () => {
    await using db = open();
    const before = await count(db);

    const failing = db.transaction((queries) =>
      Promise.all([
        queries.query(insertItem, [20]),
        queries.query(insertItem, [20]),
        queries.query(insertItem, [21]),
      ]),
    );

    await expect(failing).rejects.toMatchObject({ sqlState: '23505' });
    expect(await count(db)).toBe(before);
  });

  it('should not start what is aborted before, or while it waits for a connection', async () => {
    await using db = open({ maxConnections: 1 });
    const reason = new Error('gone');
    const controller = new AbortController();
    const running = db.query(sleep, [0.2]);

    const late = db.query(insertItem, [30], AbortSignal.abort(reason));
    const waiting = db.query(insertItem, [31], controller.signal);
    const waitingToo = db.transaction((queries) => queries.query(insertItem, [32]), controller.signal);
    controller.abort(reason);

    const outcomes = await Promise.allSettled([late, waiting, waitingToo]);
    expect(outcomes).toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason })));
    await running;
    expect(
      await db.query({ name: 'thirties', text: 'SELECT id FROM items WHERE id BETWEEN 30 AND 39' }, []),
    ).toEqual([]);
  });

  it('should report the outcome of a write that was sent before the signal fired', async () => {
    await using db = open();
    const controller = new AbortController();
    const sent = db.transaction(async (queries) => {
      await queries.query(insertItem, [40]);
      controller.abort(new Error('gone'));
      return 'committed';
    }, controller.signal);

    expect(await sent).toBe('committed');
  });

  it('should let the server end what takes too long or waits too long for a lock', async () => {
    await using db = open({ statementTimeoutMs: 100 });
    await using patient = open({ lockTimeoutMs: 50 });

    const slow = await failureOf(db.query(sleep, [10]));
    const locked = await failureOf(
      patient.transaction(async (queries) => {
        await queries.query(lockItems, []);
        await patient.query(insertItem, [50]);
      }),
    );

    expect(slow).toMatchObject({ reason: 'timeout', outcomeUnknown: false });
    expect(locked).toMatchObject({ reason: 'timeout', outcomeUnknown: false });
  });

  it('should refuse who waits in too long a queue, or too long', async () => {
    await using db = open({ maxConnections: 1, maxWaiting: 1, connectTimeoutMs: 300 });
    await db.check();
    const running = db.query(sleep, [0.8]);

    const waiting = failureOf(db.query(ownPid, []));
    const refused = await failureOf(db.query(ownPid, []));

    expect(refused).toMatchObject({
      reason: 'overloaded',
      message: expect.stringContaining('1 callers') as string,
    });
    expect(await waiting).toMatchObject({ reason: 'overloaded' });
    await running;
  });

  it('should carry bytes both ways, alone and in arrays, the first time and later', async () => {
    await using db = open();
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const parts = [bytes.subarray(90, 95), new Uint8Array(), bytes];

    for (let time = 0; time < 3; time++) {
      const [row] = await db.query(echoBytes, [bytes, parts]);
      expect(row?.one.equals(bytes)).toBe(true);
      expect(row?.many.map((part) => part.toString('hex'))).toEqual(
        parts.map((part) => Buffer.from(part).toString('hex')),
      );
    }
  });

  it('should say whether a write may have taken effect when its connection breaks', async () => {
    await using db = open();
    await using admin = open();

    const alone = await failureWhenKilled(admin, db.query(sleep, [30]));
    const inTransaction = await failureWhenKilled(
      admin,
      db.transaction((queries) => queries.query(sleep, [30])),
    );
    const committing = await failureWhenKilled(
      admin,
      db.transaction((queries) => queries.query(insertItem, [-1])),
    );

    expect(alone).toMatchObject({ reason: 'lost', outcomeUnknown: true });
    expect(inTransaction).toMatchObject({ reason: 'lost', outcomeUnknown: false });
    expect(committing).toMatchObject({ reason: 'lost', outcomeUnknown: true });
    await db.check();
  });

  it('should survive that the network takes a connection away while it is used', async () => {
    const direct = new URL(database.dsn);
    await using cable = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) });
    direct.port = String(cable.port);
    await using db = open({ dsn: direct.href });
    await using admin = open();

    for (const use of [
      () => db.query(sleep, [30]),
      () => db.transaction((queries) => queries.query(sleep, [30])),
    ]) {
      const running = failureOf(use());
      const pid = await waitFor(async () => (await admin.query(sleepers, []))[0]?.pid);
      cable.hiccup();
      // The server would notice by itself only when it has slept.
      await admin.query(terminate, [pid]);
      await waitFor(async () => (await admin.query(sleepers, [])).length === 0);
      expect(await running).toMatchObject({ reason: 'lost' });
    }

    await db.check();
  });

  it('should let running statements finish when it closes, and take no more', async () => {
    const db = open();
    await db.check();
    const running = db.transaction(async (queries) => {
      await queries.query(sleep, [0.1]);
      await queries.query(insertItem, [60]);
      return 'done';
    });
    const closing = db.close();

    const late = await failureOf(db.check());

    expect(late).toMatchObject({ reason: 'closed' });
    expect(await running).toBe('done');
    await closing;
    await db.close();
  });
});

it('should recover by itself when the server goes away and comes back, with a line for each', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'daywatch-recover-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const options = { dataDir: join(directory, 'data'), durable: false };
  const first = await startEmbeddedPostgres(options);
  const lines: string[] = [];
  const db = openPostgres({ dsn: first.dsn(), applicationName: 'recover', log: (line) => lines.push(line) });
  cleanup.defer(() => db.close());
  await Promise.all([db.check(), db.check(), db.check()]);

  await first.stop();
  const failures = await Promise.all([1, 2, 3].map(() => failureOf(db.check())));
  const second = await startEmbeddedPostgres({ ...options, port: first.port });
  cleanup.defer(() => second.stop());
  await db.check();

  expect(failures.every((failure) => failure.reason === 'unreachable' || failure.reason === 'lost')).toBe(
    true,
  );
  expect(lines).toEqual([expect.stringContaining('the database is away'), 'the database is back']);
});

it('should not be told that the server is back by a connection that was left from before', async () => {
  await using database = await createTestDatabase();
  const direct = new URL(database.dsn);
  await using cable = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) });
  direct.port = String(cable.port);
  const lines: string[] = [];
  const dsn = direct.href;
  await using db = openPostgres({
    dsn,
    applicationName: 'left over',
    statementTimeoutMs: 100,
    log: (line) => lines.push(line),
  });
  await Promise.all([db.check(), db.check()]);
  expect(db.usage().idle).toBe(2);

  cable.stall();
  await failureOf(db.check());
  await failureOf(db.check());

  expect(lines).toEqual([expect.stringContaining('the database is away')]);
});

async function failureOf(work: Promise<unknown>): Promise<DatabaseUnavailableError> {
  const error: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(DatabaseUnavailableError);
  return error as DatabaseUnavailableError;
}

async function count(db: Postgres): Promise<number> {
  const [row] = await db.query(countItems, []);
  return row!.count;
}

const DEADLINE_MS = 10_000;

/** Ends the connection of the work as soon as it sleeps, and waits until both sides know. */
async function failureWhenKilled(admin: Postgres, work: Promise<unknown>): Promise<DatabaseUnavailableError> {
  const failure = failureOf(work);
  const pid = await waitFor(async () => (await admin.query(sleepers, []))[0]?.pid);
  await admin.query(terminate, [pid]);
  await waitFor(async () => (await admin.query(sleepers, [])).length === 0);
  return failure;
}

/** Asks until the answer is truthy. */
async function waitFor<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error('the condition did not come about in time');
  }
}

import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createMemorySeries } from '../src/adapters/memory/index.ts';
import { createPostgresSeries, type UpkeepStep } from '../src/adapters/postgres/index.ts';
import { CELL, NO_UPKEEP, type Scrape, type SeriesStores } from '../src/index.ts';
import {
  DAY_MS,
  digestAll,
  HOUR_MS,
  openTarget,
  readAll,
  scrape,
  series,
  START_MS,
  target,
  walkAll,
} from './fixtures.ts';
import { emptySeriesTables } from './postgres-stores.ts';

const STEP_MS = 15_000;
const LATER_MS = START_MS + 400 * DAY_MS;

describe.each(POSTGRES_KINDS)('%s: upkeep', (server) => {
  let database: TestDatabase;
  let admin: Postgres;
  let db: Postgres;
  let stores: SeriesStores;
  beforeAll(async () => {
    database = await createTestDatabase({ server });
    admin = openPostgres({ dsn: database.dsn, applicationName: 'upkeep test' });
    db = openPostgres({ dsn: database.dsn, applicationName: 'upkeep test', role: 'daywatch_checker' });
  });
  beforeEach(async () => {
    await emptySeriesTables(admin);
    stores = createPostgresSeries(db);
  });
  afterAll(async () => {
    await Promise.all([admin.close(), db.close()]);
    await database.drop();
  });

  const count = async (table: 'scrape' | 'recent_block' | 'block', where = 'true'): Promise<number> => {
    const text = `SELECT count(*) AS rows FROM monitor.${table} WHERE ${where}`;
    const [row] = await admin.query<{ readonly rows: number }>(
      { name: `test.${table}-${where}`.slice(0, 60), text },
      [],
    );
    return row?.rows ?? 0;
  };

  const bytesOfBlocks = async (): Promise<number> => {
    const text = `
      SELECT sum(length(data))::integer AS bytes
        FROM (SELECT data FROM monitor.recent_block UNION ALL SELECT data FROM monitor.block) AS blocks`;
    const [row] = await admin.query<{ readonly bytes: number }>({ name: 'test.bytes-of-blocks', text }, []);
    return row?.bytes ?? 0;
  };

  /** Fills a target of 40 series, so that a stretch has three parts, and answers its scrapes. */
  async function fill(scrapes: number, stepMs = STEP_MS): Promise<readonly Scrape[]> {
    const columns = Array.from({ length: 40 }, (_, i) => series('metric', { i: String(i).padStart(2, '0') }));
    const { source, layout } = await openTarget(stores, target('one'), columns);
    const all = Array.from({ length: scrapes }, (_, n) =>
      scrape(
        source,
        layout,
        START_MS + n * stepMs,
        columns.map((_, i) => (i % 7 === 0 ? Math.sin(n * i) : n * i)),
        {
          summary: { isUp: n % 50 !== 7, durationSeconds: n / 1000, samples: 40 },
          ...(n % 50 === 7 ? { states: new Uint8Array(40).fill(CELL.stale) } : {}),
        },
      ),
    );
    for (let at = 0; at < all.length; at += 200) await stores.writer.append(all.slice(at, at + 200));
    return all;
  }

  async function appendAll(scrapes: readonly Scrape[]): Promise<undefined> {
    for (const each of scrapes) await stores.writer.append([each]);
    return undefined;
  }

  it('should read the same, with the same ids, before and after sealing and merging', async () => {
    await fill(1300);
    const before = await digestAll(stores);

    const early = await stores.upkeep.seal(START_MS + 1300 * STEP_MS);
    expect(early).toMatchObject({ sealedScrapes: 1280, mergedStretches: 8 });
    expect(await count('scrape')).toBe(20);
    expect(await digestAll(stores)).toEqual(before);

    const late = await stores.upkeep.seal(LATER_MS);
    expect(late).toMatchObject({ sealedScrapes: 20, mergedStretches: 4 });
    expect(await count('scrape')).toBe(0);
    expect(await count('block', 'part = 0')).toBe(1);
    expect(await digestAll(stores)).toEqual(before);
    expect(await stores.upkeep.seal(LATER_MS)).toEqual({ ...NO_UPKEEP, failures: [] });
  });

  it('should tell how many samples it packed, and how many bytes lie in the blocks', async () => {
    const all = await fill(1300);

    const report = await stores.upkeep.seal(LATER_MS);

    // 40 series, and the three of the summary. Stale cells are kept as well.
    expect(report.sealedSamples).toBe(all.length * 43);
    expect(report.replacedBytes).toBeGreaterThan(0);
    expect(report.writtenBytes - report.replacedBytes).toBe(await bytesOfBlocks());
  });

  it('should read parts of a sealed period, at its edges too', async () => {
    await fill(300);
    const edges = [0, 1, 127, 128, 129, 255, 299, 300].map((n) => START_MS + n * STEP_MS);
    const read = () =>
      Promise.all(edges.flatMap((from) => edges.map((to) => readAll(stores, 'metric{i="08"}', from, to))));
    const before = await read();

    await stores.upkeep.seal(LATER_MS);

    expect(await read()).toEqual(before);
  });

  it('should read the same period by period while it is sealed and merged', async () => {
    await fill(1300);
    const before = await readAll(stores);
    let steps = 0;

    const walk = await walkAll(
      stores,
      { startMs: START_MS, endMs: START_MS + 1300 * STEP_MS, stepMs: 37 * STEP_MS },
      async () => {
        steps += 1;
        if (steps === 5) await stores.upkeep.seal(START_MS + 1300 * STEP_MS);
        if (steps === 20) await stores.upkeep.seal(LATER_MS);
      },
    );

    expect(walk).toEqual(before);
  });

  it('should have the bytes of a block sent once for all periods of a walk', async () => {
    await fill(1300);
    await stores.upkeep.seal(LATER_MS);
    let sent = 0;
    const counting: Postgres = {
      ...db,
      async query(statement, parameters, signal) {
        const rows = await db.query(statement, parameters, signal);
        for (const { data } of rows as readonly { readonly data?: Uint8Array | null }[])
          sent += data?.length ?? 0;
        return rows;
      },
    };
    const period = { startMs: START_MS, endMs: START_MS + 1300 * STEP_MS, stepMs: 20 * STEP_MS };

    const walk = await walkAll(createPostgresSeries(counting), period);

    expect(walk).toEqual(await readAll(stores));
    expect(sent).toBe(await bytesOfBlocks());
  });

  it('should still know what it has stored when it is sealed', async () => {
    const all = await fill(130);
    await stores.upkeep.seal(LATER_MS);

    const outcomes = await stores.writer.append([
      all[3] as Scrape,
      { ...(all[3] as Scrape), atMs: START_MS + 3 },
    ]);

    expect(outcomes).toEqual(['duplicate', 'out-of-order']);
  });

  it('should seal the other sources where one cannot be sealed, and say which and why', async () => {
    const opened = [];
    for (const name of ['one', 'two', 'three']) {
      const { source, layout } = await openTarget(stores, target(name), [series('a')]);
      opened.push(source);
      await stores.writer.append([scrape(source, layout, START_MS, [1])]);
    }
    const damage = {
      name: 'test.damage',
      text: `UPDATE monitor.scrape SET cells = '\\xffff' WHERE source_id = $1`,
    };
    await admin.query(damage, [opened[0] as number]);

    const report = await stores.upkeep.seal(LATER_MS);

    expect(report.sealedScrapes).toBe(2);
    expect(report.failures).toEqual([
      {
        source: 'target {instance="one",job="node"}',
        error: expect.objectContaining({ name: 'DamagedBlockError' }),
      },
    ]);
    expect(await count('scrape')).toBe(1);
    expect(await count('block', 'part = 0')).toBe(2);
  });

  it('should let other work of the process run while it packs a large target, and leave no transaction idle', async () => {
    const columns = Array.from({ length: 600 }, (_, i) => series('metric', { i: String(i) }));
    const { source, layout } = await openTarget(stores, target('large'), columns);
    const scrapes = Array.from({ length: 1024 }, (_, n) =>
      scrape(
        source,
        layout,
        START_MS + n * STEP_MS,
        columns.map((_, i) => n * i),
      ),
    );
    for (let at = 0; at < scrapes.length; at += 256) await stores.writer.append(scrapes.slice(at, at + 256));
    const before = await digestAll(stores);
    // What happens in a transaction, with the turns that the event loop had since the step before.
    const steps: { readonly name: string; readonly turns: number }[] = [];
    let turns = 0;
    let turning = setImmediate(function turn() {
      turns += 1;
      turning = setImmediate(turn);
    });
    const note = (name: string): void => {
      steps.push({ name, turns });
      turns = 0;
    };
    const observed: Postgres = {
      ...db,
      transaction: (work, signal) =>
        db.transaction(
          (queries) =>
            work({
              async query(statement, parameters, inner) {
                const rows = await queries.query(statement, parameters, inner);
                note(statement.name);
                return rows;
              },
            }),
          signal,
        ),
    };

    await createPostgresSeries(observed, { onStep: note }).upkeep.seal(START_MS + 1024 * STEP_MS);
    clearImmediate(turning);

    const names = steps.map(({ name }) => name);
    const turnsOf = (from: number): number => steps[from + 1]?.turns ?? 0;
    // 76,800 cells are unpacked from rows and packed: more than two turns of the loop each.
    expect(turnsOf(names.indexOf('series.get-layouts'))).toBeGreaterThanOrEqual(4);
    // 32 columns of 1,024 cells each, in a turn. Between two statements there is never more than one part.
    const merged = names.flatMap((name, i) => (name === 'removed' ? [i] : []));
    const ofParts = merged.filter((i) => names[i - 1] === 'series.take-blocks');
    expect(ofParts).toHaveLength(1 + 19);
    expect(ofParts.every((i) => names[i + 1] === 'packed')).toBe(true);
    const turnsOfParts = ofParts.map(turnsOf).reduce((sum, each) => sum + each, 0);
    expect(turnsOfParts).toBeGreaterThanOrEqual(Math.floor((604 * 1024) / 32_768));
    expect(await digestAll(stores)).toEqual(before);
  });

  it('should not go through all sources where the database is away', async () => {
    await fill(1);
    const closed = openPostgres({ dsn: database.dsn, applicationName: 'upkeep test' });
    const onStep = (): Promise<void> => {
      void closed.close();
      throw new Error('the connections are closed meanwhile');
    };
    const { source, layout } = await openTarget(stores, target('two'), [series('a')]);
    await stores.writer.append([scrape(source, layout, START_MS, [1])]);

    await expect(createPostgresSeries(closed, { onStep }).upkeep.seal(LATER_MS)).rejects.toThrow(
      'the connections to the database are closed',
    );
  });

  it.each(['packed', 'added', 'removed', 'committed'] as const)(
    'should lose and double nothing when it dies once a step is %s',
    async (deadly: UpkeepStep) => {
      await fill(300);
      const before = await digestAll(stores);
      let deaths = 0;
      let steps = 0;
      const onStep = (step: UpkeepStep): void => {
        if (step === deadly && steps++ === deaths) throw new Error('killed');
      };
      const mortal = createPostgresSeries(db, { onStep });

      // Each life reaches one step further than the one before.
      for (let isAlive = false; !isAlive; steps = 0) {
        isAlive = (await mortal.upkeep.seal(LATER_MS)).failures.length === 0;
        if (!isAlive) deaths += 1;
        expect(await digestAll(stores)).toEqual(before);
      }

      expect(deaths).toBeGreaterThan(0);
      expect(await digestAll(stores)).toEqual(before);
      expect(await count('scrape')).toBe(0);
    },
  );

  it('should lose nothing when the server ends its connection in the middle', async () => {
    await fill(140);
    const before = await digestAll(stores);
    const onStep = async (step: UpkeepStep): Promise<void> => {
      if (step !== 'removed') return;
      const text = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'upkeep victim'`;
      await admin.query({ name: 'test.terminate', text }, []);
    };
    await using victim = openPostgres({ dsn: database.dsn, applicationName: 'upkeep victim' });

    const { failures } = await createPostgresSeries(victim, { onStep }).upkeep.seal(LATER_MS);

    expect(failures).toHaveLength(1);
    expect(await count('scrape')).toBe(140);
    expect(await digestAll(stores)).toEqual(before);
  });

  it('should seal once when many do it at the same time, while scrapes and readers come in', async () => {
    const all = await fill(400);
    const before = await digestAll(stores);
    const last = all.at(-1) as Scrape;
    const more = Array.from({ length: 40 }, (_, i) => ({ ...last, atMs: last.atMs + (i + 1) * STEP_MS }));

    const reports = await Promise.all([
      ...Array.from({ length: 4 }, () => createPostgresSeries(db).upkeep.seal(LATER_MS)),
      appendAll(more),
      ...Array.from({ length: 10 }, async () => {
        expect(await digestAll(stores, last.atMs + 1)).toEqual(before);
        return undefined;
      }),
    ]).catch((error: unknown) => expect.fail(String(error)));

    const sealed = reports.reduce((sum, report) => sum + (report?.sealedScrapes ?? 0), 0);
    expect(sealed).toBeGreaterThanOrEqual(400);
    await stores.upkeep.seal(LATER_MS);
    expect(await digestAll(stores, last.atMs + 1)).toEqual(before);
    expect(await count('scrape')).toBe(0);
  });

  it('should cut stretches at a change of layout, and after three days', async () => {
    const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
    const wider = await stores.writer.registerLayout([series('a'), series('b')]);
    await stores.writer.append([
      scrape(source, layout, START_MS, [1]),
      scrape(source, layout, START_MS + 1, [2]),
      scrape(source, wider, START_MS + 2, [3, 3]),
      scrape(source, wider, START_MS + 2 * DAY_MS, [4, 4]),
      scrape(source, wider, START_MS + 4 * DAY_MS, [5, 5]),
      scrape(source, layout, START_MS + 100 * DAY_MS, [6]),
    ]);
    const before = await readAll(stores);

    await stores.upkeep.seal(LATER_MS);

    expect(await count('block', 'part = 0')).toBe(4);
    expect(await readAll(stores)).toEqual(before);
    expect(before['a{instance="one",job="node"}']).toHaveLength(6);
  });

  it('should always read what the store in memory reads, whatever was sealed in between', async () => {
    const times = fc.uniqueArray(fc.nat({ max: 40 * 24 }), { minLength: 1, maxLength: 40 });
    const cell = fc.tuple(fc.double(), fc.constantFrom(CELL.value, CELL.value, CELL.stale, CELL.absent));
    const step = fc.record({
      source: fc.nat({ max: 2 }),
      hours: times,
      cells: fc.array(cell, { minLength: 3, maxLength: 3 }),
      isSummarized: fc.boolean(),
      sealAfterDays: fc.option(fc.nat({ max: 60 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await emptySeriesTables(admin);
        const pair = [createPostgresSeries(db), createMemorySeries()] as const;
        for (const each of pair) {
          for (const { source, hours, cells, isSummarized, sealAfterDays } of steps) {
            const columns = [series('a'), series('b'), series('c')].slice(0, 1 + source);
            const opened = await openTarget(each, target(`${source % 2}`), columns);
            const scrapes = [...hours]
              .sort((a, b) => a - b)
              .map((hour) =>
                scrape(
                  opened.source,
                  opened.layout,
                  START_MS + hour * HOUR_MS,
                  cells.slice(0, columns.length).map(([v]) => v),
                  {
                    states: Uint8Array.from(cells.slice(0, columns.length), ([, state]) => state),
                    ...(isSummarized ? { summary: { isUp: true, durationSeconds: 0.1, samples: 3 } } : {}),
                  },
                ),
              );
            await each.writer.append(scrapes);
            if (sealAfterDays !== null) await each.upkeep.seal(START_MS + sealAfterDays * DAY_MS);
          }
        }

        expect(await readAll(pair[0])).toEqual(await readAll(pair[1]));
        expect((await pair[0].reader.findSeries([], 100)).length).toBe(
          (await pair[1].reader.findSeries([], 100)).length,
        );
      }),
      { numRuns: 25 },
    );
  });

  it('should drop what is wholly past retention, and nothing younger', async () => {
    const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
    const days = [-20_000, -400, -30, -12, -3, 0];
    await stores.writer.append(days.map((day) => scrape(source, layout, START_MS + day * DAY_MS, [day])));
    await stores.upkeep.seal(LATER_MS);

    const dropped = await stores.upkeep.dropBefore(START_MS - 11 * DAY_MS);

    expect(dropped).toHaveLength(3);
    const kept = (await readAll(stores))['a{instance="one",job="node"}']?.map(([, value]) => value);
    expect(kept).toEqual([-12, -3, 0]);
    expect(await stores.upkeep.dropBefore(START_MS - 11 * DAY_MS)).toEqual([]);
  });

  it('should forget series with their last sample, and find them again when they come back', async () => {
    const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
    await stores.writer.append([scrape(source, layout, START_MS, [1])]);
    await stores.upkeep.seal(LATER_MS);
    await stores.upkeep.dropBefore(START_MS + 30 * DAY_MS);
    expect(await stores.reader.findSeries([], 10)).toEqual([]);

    await stores.writer.append([scrape(source, layout, START_MS + 31 * DAY_MS, [2])]);

    expect(await readAll(stores)).toEqual({ 'a{instance="one",job="node"}': [[START_MS + 31 * DAY_MS, 2]] });
  });

  it('should let the roles do what their processes need, and no more', async () => {
    await using restapi = openPostgres({
      dsn: database.dsn,
      applicationName: 'upkeep test',
      role: 'daywatch_restapi',
    });
    await fill(1);
    await stores.upkeep.seal(LATER_MS);
    const run = (on: Postgres, text: string) => on.query({ name: `test.${text}`.slice(0, 60), text }, []);

    for (const table of [
      'label',
      'series',
      'layout',
      'source',
      'source_layout',
      'scrape',
      'recent_block',
      'block',
    ]) {
      await expect(run(restapi, `DELETE FROM monitor.${table}`)).rejects.toThrow('permission denied');
    }
    await expect(run(restapi, 'SELECT monitor.ensure_block_partition(0)')).rejects.toThrow(
      'permission denied',
    );
    await expect(run(restapi, 'SELECT monitor.drop_block_partitions(0)')).rejects.toThrow(
      'permission denied',
    );
    await expect(run(db, "UPDATE monitor.label SET value = 'x'")).rejects.toThrow('permission denied');
    await expect(run(db, 'DELETE FROM monitor.series')).rejects.toThrow('permission denied');
    await expect(run(db, "UPDATE monitor.block SET data = ''")).rejects.toThrow('permission denied');
    await expect(run(db, 'DELETE FROM monitor.block')).rejects.toThrow('permission denied');
    await expect(run(db, 'DROP TABLE monitor.block')).rejects.toThrow('must be owner');
  });
});

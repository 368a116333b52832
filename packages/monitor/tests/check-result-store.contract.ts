import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  spanStart,
  upShare,
  type CheckBoard,
  type CheckResultStore,
  type CheckUpkeep,
  type NewCheckResult,
} from '../src/index.ts';

export type CheckStore = CheckResultStore & CheckBoard & CheckUpkeep;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What every store of check results promises. `makeStore` gives an empty one. */
export function describeCheckResultStore(name: string, makeStore: () => Promise<CheckStore>): void {
  describe(`the check results ${name}`, () => {
    it('should give the last results, oldest first, and all that is known of them', async () => {
      const store = await makeStore();
      const failed = { ...result('a', 2000, 'fail'), reason: 'nobody answers', durationMs: 12.5 };
      await store.append([result('a', 1000), failed]);
      await store.append([result('a', 3000)]);

      const last = await store.last({ count: 2 });

      expect(last).toMatchObject([failed, result('a', 3000)]);
      expect(await store.last({ count: 100 })).toHaveLength(3);
    });

    it('should give the results of one domain alone', async () => {
      const store = await makeStore();
      await store.append([result('a', 1), result('b', 2), result('a', 3), result('b', 4)]);

      expect((await store.last({ domain: 'b', count: 7 })).map(({ atMs }) => atMs)).toEqual([2, 4]);
      expect(await store.last({ domain: 'c', count: 7 })).toEqual([]);
      expect(await (await makeStore()).last({ count: 7 })).toEqual([]);
    });

    it('should leave out what is unknown, and count others in its place, unless it is asked for', async () => {
      const store = await makeStore();
      await store.append([
        result('a', 1),
        result('a', 2, 'unknown'),
        result('a', 3, 'warn'),
        result('a', 4, 'unknown'),
      ]);

      expect((await store.last({ count: 2 })).map(({ atMs }) => atMs)).toEqual([1, 3]);
      expect((await store.last({ count: 2, includesUnknown: true })).map(({ status }) => status)).toEqual([
        'warn',
        'unknown',
      ]);
    });

    it('should store a result once, however often it is appended', async () => {
      const store = await makeStore();
      const results = [result('a', 1), result('a', 2)];
      await store.append(results);
      const before = await store.last({ count: 9 });

      await store.append([...results, { ...result('a', 2, 'fail'), reason: 'other' }, result('a', 3)]);
      const after = await store.last({ count: 9 });

      expect(after.slice(0, 2)).toEqual(before);
      expect(after.map(({ atMs, status }) => [atMs, status])).toEqual([
        [1, 'pass'],
        [2, 'pass'],
        [3, 'pass'],
      ]);
    });

    it('should put a result that comes late where its time is', async () => {
      const store = await makeStore();
      await store.append([result('a', 10), result('a', 30)]);
      await store.append([result('a', 20), result('a', -5)]);

      expect((await store.last({ count: 9 })).map(({ atMs }) => atMs)).toEqual([-5, 10, 20, 30]);
    });

    it('should always answer as a plain list would, with ids that are unique and never change', async () => {
      const results = fc.array(
        fc
          .tuple(
            fc.constantFrom('a', 'b', 'c'),
            fc.integer({ min: 0, max: 30 }),
            fc.constantFrom('pass', 'fail', 'unknown'),
          )
          .map(([target, atMs, status]) => result(target, atMs, status)),
        { maxLength: 8 },
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(results, { maxLength: 4 }),
          fc.integer({ min: 1, max: 10 }),
          async (batches, count) => {
            const store = await makeStore();
            const model = new Map<string, NewCheckResult>();
            const ids = new Map<string, number>();
            for (const batch of batches) {
              await store.append(batch);
              for (const each of batch) {
                const key = `${each.targetId} ${each.atMs}`;
                if (!model.has(key)) model.set(key, each);
              }
              for (const { id, targetId, atMs } of await store.last({ count: 1000, includesUnknown: true })) {
                expect(ids.get(`${targetId} ${atMs}`) ?? id).toBe(id);
                ids.set(`${targetId} ${atMs}`, id);
              }
            }
            expect(new Set(ids.values()).size).toBe(model.size);
            const expected = [...model.values()]
              .filter(({ status }) => status !== 'unknown')
              .map(({ atMs }) => atMs);
            const found = (await store.last({ count })).map(({ atMs }) => atMs);
            expect(found).toEqual(expected.sort((a, b) => a - b).slice(-count));
          },
        ),
        { numRuns: 30 },
      );
    });

    it('should give the last results of all domains, whatever share of them a domain has', async () => {
      const arbitrary = fc.array(
        fc
          .tuple(fc.constantFrom('a', 'a', 'a', 'a', 'b', 'c'), fc.integer({ min: 0, max: 500 }))
          .map(([domain, atMs]) => result(domain, atMs, atMs % 7 === 0 ? 'unknown' : 'pass')),
        { minLength: 1, maxLength: 80 },
      );
      await fc.assert(
        fc.asyncProperty(arbitrary, fc.integer({ min: 1, max: 40 }), async (results, count) => {
          const store = await makeStore();
          await store.append(results);
          const stored = await store.last({ count: 1000, includesUnknown: true });

          expect(await store.last({ count })).toEqual(
            stored.filter(({ status }) => status !== 'unknown').slice(-count),
          );
          expect(await store.last({ count, includesUnknown: true })).toEqual(stored.slice(-count));
        }),
        { numRuns: 30 },
      );
    });
  });

  describe(`the board of checks ${name}`, () => {
    it('should count hours and days, and how long answers took', async () => {
      const store = await makeStore();
      await store.append([
        { ...result('a', DAY_MS, 'pass'), durationMs: 10 },
        { ...result('a', DAY_MS + 1, 'warn'), durationMs: 30 },
        { ...result('a', DAY_MS + 2, 'fail'), durationMs: 3000 },
        { ...result('a', DAY_MS + 3, 'unknown'), durationMs: 500 },
        result('a', DAY_MS + HOUR_MS),
        result('b', DAY_MS + HOUR_MS - 1),
        result('b', -1),
      ]);
      const day = { startMs: DAY_MS, endMs: 2 * DAY_MS };

      const hours = await store.counts({ span: 'hour', ...day });
      expect(hours).toEqual([
        {
          domain: 'a',
          startMs: DAY_MS,
          passed: 1,
          warned: 1,
          failed: 1,
          unknown: 1,
          durationSumMs: 40,
          durationMaxMs: 30,
        },
        expect.objectContaining({ domain: 'a', startMs: DAY_MS + HOUR_MS, passed: 1 }),
        expect.objectContaining({ domain: 'b', startMs: DAY_MS, passed: 1 }),
      ]);
      expect(upShare(hours[0] ?? expect.unreachable())).toBeCloseTo(2 / 3);
      expect(await store.counts({ span: 'hour', ...day, domain: 'a' })).toEqual(hours.slice(0, 2));
      expect(await store.counts({ span: 'hour', startMs: DAY_MS + 1, endMs: 2 * DAY_MS })).toHaveLength(1);
      expect(await store.counts({ span: 'day', startMs: -DAY_MS, endMs: 2 * DAY_MS })).toMatchObject([
        { domain: 'a', startMs: DAY_MS, passed: 2, warned: 1, failed: 1, unknown: 1 },
        { domain: 'b', startMs: -DAY_MS, passed: 1 },
        { domain: 'b', startMs: DAY_MS, passed: 1 },
      ]);
    });

    it('should always count what is stored, each result once', async () => {
      const results = fc.array(
        fc
          .tuple(
            fc.constantFrom('a', 'b'),
            fc.integer({ min: 0, max: 9 }),
            fc.constantFrom('pass', 'warn', 'fail', 'unknown'),
          )
          .map(([domain, step, status]) => result(domain, step * (HOUR_MS / 2), status)),
        { maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(results, { maxLength: 4 }), async (batches) => {
          const store = await makeStore();
          // At once: counts must be exact whoever comes first.
          await Promise.all(batches.map((batch) => store.append(batch)));

          const stored = await store.last({ count: 1000, includesUnknown: true });
          for (const span of ['hour', 'day'] as const) {
            const counts = await store.counts({ span, startMs: 0, endMs: DAY_MS });
            for (const { domain, startMs, passed, warned, failed, unknown } of counts) {
              const here = stored.filter(
                (each) => each.domain === domain && spanStart(each.atMs, span) === startMs,
              );
              const count = (status: string): number => here.filter((each) => each.status === status).length;
              expect([passed, warned, failed, unknown]).toEqual(
                ['pass', 'warn', 'fail', 'unknown'].map(count),
              );
            }
            const total = counts.reduce((sum, c) => sum + c.passed + c.warned + c.failed + c.unknown, 0);
            expect(total).toBe(stored.length);
          }
        }),
        { numRuns: 30 },
      );
    });

    it('should take the same results in any order at once', async () => {
      const store = await makeStore();
      for (let round = 0; round < 10; round++) {
        const batch = Array.from({ length: 50 }, (_, i) => result('a', (50 * round + i) * HOUR_MS));
        await Promise.all([store.append(batch), store.append(batch.toReversed())]);
      }

      expect(await store.last({ count: 1000, includesUnknown: true })).toHaveLength(500);
    });

    it('should give the latest results of each domain, also where it went from one target to another', async () => {
      const store = await makeStore();
      await store.append([result('a', 1), result('a', 3), result('b', 1), result('b', 2), result('b', 3)]);
      await store.append([{ ...result('other', 2, 'unknown'), domain: 'a' }]);

      const recent = await store.recent(['b', 'a', 'nobody'], 2);

      expect(recent.map(({ domain, targetId, atMs }) => [domain, targetId, atMs])).toEqual([
        ['a', 'other', 2],
        ['a', 'a', 3],
        ['b', 'b', 2],
        ['b', 'b', 3],
      ]);
      expect(
        (await store.counts({ span: 'day', startMs: 0, endMs: DAY_MS })).map(({ domain }) => domain),
      ).toEqual(['a', 'b']);
    });

    it('should drop what is long past, and keep what is not', async () => {
      const store = await makeStore();
      const start = Date.UTC(2026, 0, 1);
      await store.append([0, 1, 200, 400].map((day) => result('a', start + day * DAY_MS)));

      const dropped = await store.dropBefore(start + 300 * DAY_MS);

      expect(dropped.length).toBeGreaterThan(0);
      const left = await store.last({ count: 9 });
      expect(left.map(({ atMs }) => atMs)).toEqual([start + 400 * DAY_MS]);
      expect(await store.counts({ span: 'day', startMs: start, endMs: start + 300 * DAY_MS })).toEqual([]);
      expect(await store.counts({ span: 'hour', startMs: start, endMs: start + 500 * DAY_MS })).toHaveLength(
        1,
      );
      expect(await store.dropBefore(start + 300 * DAY_MS)).toEqual([]);
      // What comes from before is taken all the same.
      await store.append([result('a', start)]);
      expect(await store.last({ count: 9 })).toHaveLength(2);
    });
  });
}

function result(targetId: string, atMs: number, status: NewCheckResult['status'] = 'pass'): NewCheckResult {
  return { targetId, atMs, domain: targetId, status, durationMs: 1, reason: undefined };
}

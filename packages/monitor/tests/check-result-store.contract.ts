import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResultStore, NewCheckResult } from '../src/index.ts';

/** What every store of check results promises. `makeStore` gives an empty one. */
export function describeCheckResultStore(name: string, makeStore: () => Promise<CheckResultStore>): void {
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
  });
}

function result(targetId: string, atMs: number, status: NewCheckResult['status'] = 'pass'): NewCheckResult {
  return { targetId, atMs, domain: targetId, status, durationMs: 1, reason: undefined };
}

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareTargets } from '../src/target/share-targets.ts';

const CHECKERS = ['one', 'two', 'three', 'four'];
const TARGETS = Array.from({ length: 12 }, (_, i) => `target ${i}`);

const situations = fc.record({
  candidates: fc
    .subarray(CHECKERS, { minLength: 1 })
    .chain((ids) =>
      fc.tuple(...ids.map((id) => fc.subarray(TARGETS).map((known) => [id, new Set(known)] as const))),
    )
    .map((entries) => new Map(entries)),
  // Holders that do not live are as good as none.
  holders: fc
    .tuple(
      ...TARGETS.map((target) => fc.constantFrom(undefined, ...CHECKERS).map((id) => [target, id] as const)),
    )
    .map((entries) => new Map(entries)),
});

it('should always come to rest with each target at one checker that knows it, and none two busier than another', () => {
  fc.assert(
    fc.property(
      situations,
      fc.array(fc.nat(3), { maxLength: 6 }),
      ({ candidates, holders: before }, order) => {
        const holders = new Map(before);
        const turn = (id: string): boolean => {
          const { taken, surplus } = shareTargets(id, candidates, holders);
          for (const target of taken) {
            expect(candidates.has(holders.get(target) ?? '')).toBe(false);
            holders.set(target, id);
          }
          for (const target of surplus) {
            expect(holders.get(target)).toBe(id);
            holders.set(target, undefined);
          }
          return taken.length + surplus.length > 0;
        };
        const ids = [...candidates.keys()];
        for (const at of order) turn(ids[at % ids.length] as string);
        let rounds = 0;
        while (ids.map(turn).includes(true)) expect(++rounds).toBeLessThan(100);

        const loads = new Map(
          ids.map((id) => [id, [...holders.values()].filter((holder) => holder === id).length]),
        );
        for (const [target, holder] of holders) {
          const able = ids.filter((id) => candidates.get(id)?.has(target));
          if (able.length === 0) continue;
          expect(able).toContain(holder);
          for (const id of able)
            expect(loads.get(holder ?? '')).toBeLessThanOrEqual((loads.get(id) ?? 0) + 1);
        }
      },
    ),
  );
});

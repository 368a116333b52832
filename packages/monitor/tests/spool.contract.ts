import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Spool } from '../src/index.ts';
import { makeFinding, secondsOf } from './_support/findings.ts';

/** What every spool promises. `openSpool` gives an empty one that holds about this many findings. */
export function describeSpool(name: string, openSpool: (room: number) => Promise<Spool>): void {
  describe(`a spool ${name}`, () => {
    it('should give back what was put in, whole and in order', async () => {
      await using spool = await openSpool(1000);
      const findings = [1, 2, 3].map((second) => makeFinding(second));

      expect(await spool.append(findings)).toBe(3);

      expect(await spool.peek(2)).toEqual(findings.slice(0, 2));
      expect(await spool.peek(10)).toEqual(findings);
      expect(spool.usage().findings).toBe(3);
    });

    it('should forget what is dropped, and nothing else', async () => {
      await using spool = await openSpool(1000);
      await spool.append([1, 2, 3].map((second) => makeFinding(second)));

      await spool.peek(2);
      await spool.drop(2);
      await spool.append([makeFinding(4)]);

      expect(secondsOf(await spool.peek(10))).toEqual([3, 4]);
      await spool.drop(2);
      expect(await spool.peek(10)).toEqual([]);
      expect(spool.usage()).toEqual({ findings: 0, bytes: 0 });
    });

    it('should take what there is room for, refuse the rest, and have room again when it is emptied', async () => {
      await using spool = await openSpool(20);
      const many = Array.from({ length: 60 }, (_, i) => makeFinding(i));

      const kept = await spool.append(many);
      expect(kept).toBeGreaterThan(5);
      expect(kept).toBeLessThan(60);
      expect(await spool.append(many)).toBe(0);
      for (let left = kept; left > 0;) {
        const oldest = await spool.peek(7);
        left -= oldest.length;
        await spool.drop(oldest.length);
      }

      expect(await spool.append([makeFinding(99)])).toBe(1);
      expect(secondsOf(await spool.peek(10))).toEqual([99]);
    });

    it('should always behave as a list does', async () => {
      const step = fc.oneof(
        fc.record({ append: fc.integer({ min: 1, max: 40 }) }),
        fc.record({ drop: fc.integer({ min: 1, max: 60 }) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          await using spool = await openSpool(5000);
          const model: number[] = [];
          let second = 0;
          for (const each of steps) {
            if ('append' in each) {
              const added = Array.from({ length: each.append }, () => ++second);
              expect(await spool.append(added.map((at) => makeFinding(at)))).toBe(each.append);
              model.push(...added);
            } else {
              const shown = secondsOf(await spool.peek(each.drop));
              expect(shown).toEqual(model.slice(0, shown.length));
              expect(shown.length > 0).toBe(model.length > 0);
              await spool.drop(shown.length);
              model.splice(0, shown.length);
            }
            expect(spool.usage().findings).toBe(model.length);
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}

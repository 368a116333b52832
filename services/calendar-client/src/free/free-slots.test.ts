import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseHours, toDayWindows } from './day-windows.ts';
import { findFreeSlots, withoutSlot, type Slot } from './free-slots.ts';

const slot = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]): Slot => ({ start, end: start + length }));
const windows = fc
  .array(fc.tuple(fc.nat(10), fc.integer({ min: 1, max: 20 })), { maxLength: 4 })
  .map((parts) => {
    let at = 0;
    return parts.map(([gap, length]) => {
      const start = at + gap + 1;
      at = start + length;
      return { start, end: at };
    });
  });

describe('findFreeSlots', () => {
  it('should find just the instants that are in a window and not busy, in runs that are long enough', () => {
    fc.assert(
      fc.property(
        windows,
        fc.array(slot, { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (all, busy, length) => {
          const found = findFreeSlots(all, busy, length);
          expect(found).toEqual(findSlowly(all, busy, length));
        },
      ),
    );
  });
});

/** Looks at every instant by itself. */
function findSlowly(all: readonly Slot[], busy: readonly Slot[], length: number): readonly Slot[] {
  const isBusy = (at: number): boolean => busy.some(({ start, end }) => start <= at && at < end);
  return all.flatMap((window) => {
    const runs: { start: number; end: number }[] = [];
    for (let at = window.start; at < window.end; at++) {
      if (isBusy(at)) continue;
      const last = runs.at(-1);
      if (last?.end === at) last.end = at + 1;
      else runs.push({ start: at, end: at + 1 });
    }
    return runs.filter(({ start, end }) => end - start >= length);
  });
}

describe('withoutSlot', () => {
  it('should leave what is busy outside of the slot, and nothing within', () => {
    fc.assert(
      fc.property(fc.array(slot), slot, (busy, out) => {
        const rest = withoutSlot(busy, out);
        for (let at = 0; at <= 80; at++) {
          const isIn = (slots: readonly Slot[]): boolean =>
            slots.some(({ start, end }) => start <= at && at < end);
          expect(isIn(rest)).toBe(isIn(busy) && !(out.start <= at && at < out.end));
        }
      }),
    );
  });
});

describe('toDayWindows', () => {
  it('should follow the wall clock on days with a clock change', () => {
    const days = ['2026-03-28', '2026-03-29', '2026-10-25'].map((day) => Temporal.PlainDate.from(day));
    const lengths = toDayWindows(days, parseHours('0-24'), 'Europe/Berlin').map(
      ({ start, end }) => (end - start) / 3_600_000,
    );
    expect(lengths).toEqual([24, 23, 25]);
  });
});

import { CELL, NO_LABELS, type SeriesSamples } from '@daywatch/series';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReadingSeries } from './list-readings.ts';
import { ReadingOrderer } from './order-readings.ts';

/** Each sample: its time, its id, and whether it is a reading. */
const series = fc.array(
  fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 1000 }), fc.boolean()),
  { minLength: 1, maxLength: 30 },
);
const place = fc.record({
  timestampMs: fc.integer({ min: -21, max: 21 }),
  id: fc.integer({ min: 0, max: 1001 }),
});

it('should always give what sorting by time and id gives, cut off at the place and the limit', () => {
  fc.assert(
    fc.property(
      fc.array(series, { maxLength: 6 }),
      fc.option(place, { nil: undefined }),
      fc.integer({ min: 1, max: 60 }),
      (lists, after, limit) => {
        const names = new Map<SeriesSamples, ReadingSeries>();
        for (const [i, list] of lists.entries()) {
          names.set(makeSamples(list), { name: `series ${i}`, target: NO_LABELS });
        }
        const orderer = new ReadingOrderer((samples) => names.get(samples) as ReadingSeries, after);
        // What it keeps from one batch must not show in the next.
        for (const samples of [...names.keys()].slice(1)) orderer.add(samples);
        orderer.order(limit);
        orderer.clear();
        for (const samples of names.keys()) orderer.add(samples);
        const batch = orderer.order(limit);
        const order = batch.order.subarray(0, batch.count);
        const { timestampsMs, values, ids, seriesAt } = batch;

        const expected = lists
          .flatMap((list) => list.filter(([, , isReading]) => isReading))
          .filter(
            ([at, id]) => !after || at > after.timestampMs || (at === after.timestampMs && id > after.id),
          )
          .map(([at, id]) => [at, id])
          .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)
          .slice(0, limit);
        expect(Array.from(order, (at) => [timestampsMs[at], ids[at]])).toEqual(expected);
        for (const at of order) {
          expect(values[at]).toBe((ids[at] as number) / 2);
          const { name } = batch.series[seriesAt[at] as number] as ReadingSeries;
          const list = lists[Number(name.slice('series '.length))];
          expect(list?.some(([time, id]) => time === timestampsMs[at] && id === ids[at])).toBe(true);
        }
      },
    ),
  );
});

function makeSamples(
  list: readonly (readonly [at: number, id: number, isReading: boolean])[],
): SeriesSamples {
  const sorted = list.toSorted(([a], [b]) => a - b);
  return {
    labels: NO_LABELS,
    own: NO_LABELS,
    source: NO_LABELS,
    timestampsMs: Float64Array.from(sorted, ([at]) => at),
    values: Float64Array.from(sorted, ([, id]) => id / 2),
    states: Uint8Array.from(sorted, ([, , isReading]) => (isReading ? CELL.value : CELL.stale)),
    ids: Float64Array.from(sorted, ([, id]) => id),
  };
}

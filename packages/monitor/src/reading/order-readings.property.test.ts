import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderReadings, type SeriesReadings } from './order-readings.ts';

/** Each sample: its time, its id, and whether it is a reading. */
const series = fc.array(
  fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 1000 }), fc.boolean()),
  {
    maxLength: 30,
  },
);

it('should always give what sorting by time and id gives, cut off at the limit', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (lists, limit) => {
      const columns = lists.map((list, i): SeriesReadings => {
        const sorted = list.toSorted(([a], [b]) => a - b);
        return {
          series: { name: `series ${i}`, target: [] as never },
          timestampsMs: Float64Array.from(sorted, ([at]) => at),
          values: Float64Array.from(sorted, ([, id]) => id / 2),
          ids: Float64Array.from(sorted, ([, id]) => id),
          isReading: (at) => sorted[at]?.[2] === true,
        };
      });
      const { count, timestampsMs, values, ids, seriesAt } = orderReadings(columns, limit);

      const expected = lists
        .flatMap((list) => list.filter(([, , isReading]) => isReading))
        .map(([at, id]) => [at, id])
        .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)
        .slice(0, limit);
      expect(Array.from(timestampsMs, (at, i) => [at, ids[i]])).toEqual(expected);
      expect(count).toBe(expected.length);
      for (let i = 0; i < count; i++) {
        expect(values[i]).toBe((ids[i] as number) / 2);
        expect(
          lists[seriesAt[i] as number]?.some(([at, id]) => at === timestampsMs[i] && id === ids[i]),
        ).toBe(true);
      }
    }),
  );
});

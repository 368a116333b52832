import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Downsampler } from './downsample.ts';

const values = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.double({ noNaN: true })), {
  minLength: 1,
  maxLength: 300,
});

describe('Downsampler', () => {
  it('should always keep the first, the least, the greatest and the last of a bucket, and at most four', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 500 }), (steps, bucketMs) => {
        let atMs = 0;
        const samples = steps.map(([step, value]) => ({ atMs: (atMs += step), value }));
        const sampler = new Downsampler(0, bucketMs);
        for (const sample of samples) sampler.add(sample.atMs, sample.value);
        const { timestampsMs, values: kept } = sampler.finish();

        const points = timestampsMs.map((timestampMs, i) => ({ atMs: timestampMs, value: kept[i] }));
        const bucketOf = (sample: { readonly atMs: number }) => Math.floor(sample.atMs / bucketMs);
        const pointsOf = Map.groupBy(points, bucketOf);
        const samplesOf = Map.groupBy(samples, bucketOf);
        expect([...pointsOf.keys()]).toEqual([...samplesOf.keys()]);
        for (const [bucket, all] of samplesOf) {
          const drawn = pointsOf.get(bucket) ?? [];
          expect(drawn.length).toBeLessThanOrEqual(4);
          expect(all).toEqual(expect.arrayContaining(drawn));
          expect(drawn[0]).toEqual(all[0]);
          expect(drawn.at(-1)).toEqual(all.at(-1));
          const numbers = drawn.map(({ value }) => value as number);
          expect(Math.min(...numbers)).toBe(Math.min(...all.map(({ value }) => value)));
          expect(Math.max(...numbers)).toBe(Math.max(...all.map(({ value }) => value)));
        }
        expect(timestampsMs).toEqual([...timestampsMs].sort((a, b) => a - b));
      }),
    );
  });

  it('should interrupt the line where the series ended, once', () => {
    const sampler = new Downsampler(0, 100);
    sampler.interrupt(1);
    sampler.add(10, 1);
    sampler.interrupt(20);
    sampler.interrupt(30);
    sampler.add(40, 2);

    expect(sampler.finish()).toEqual({ timestampsMs: [10, 20, 40], values: [1, null, 2] });
  });

  it('should keep NaN where it comes first or last, and find the extremes beside it', () => {
    const sampler = new Downsampler(0, 100);
    for (const [i, value] of [NaN, 3, 1, 2, NaN].entries()) sampler.add(i, value);

    expect(sampler.finish()).toEqual({ timestampsMs: [0, 1, 2, 4], values: [NaN, 3, 1, NaN] });
  });
});

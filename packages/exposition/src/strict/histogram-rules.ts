import type { TextPosition } from '../exposition-error.ts';
import { formatNumber } from '../format-number.ts';

/** What a histogram says at one time. */
export interface HistogramPoint {
  /** Where its first line stands. */
  readonly position: TextPosition;
  /** In the order of the text; a bound that cannot be read is NaN. */
  readonly buckets: { readonly bound: number; readonly value: number }[];
  count: number | undefined;
  hasSum: boolean;
}

/** Checks that the buckets ascend, count up, end in +Inf and agree with the count. */
export function checkHistogram(
  { buckets, count, hasSum, position }: HistogramPoint,
  fault: (problem: string, position: TextPosition) => void,
): void {
  // A point of `_created` alone, or of sum and count alone, has no buckets to judge.
  if (buckets.length === 0) return;
  for (let i = 1; i < buckets.length; i += 1) {
    const [before, bucket] = [buckets[i - 1], buckets[i]] as [
      HistogramPoint['buckets'][0],
      HistogramPoint['buckets'][0],
    ];
    if (bucket.bound <= before.bound) {
      fault(
        `the bucket of ${formatNumber(bucket.bound)} stands after that of ${formatNumber(before.bound)}; buckets ascend`,
        position,
      );
    }
    if (bucket.value < before.value) {
      fault(
        `the bucket of ${formatNumber(bucket.bound)} is ${formatNumber(bucket.value)}, less than the one before; buckets are cumulative`,
        position,
      );
    }
  }
  const last = buckets.at(-1);
  if (last?.bound !== Infinity) return fault('the histogram lacks its last bucket, le="+Inf"', position);
  if (count !== undefined && count !== last.value) {
    fault(
      `the count ${formatNumber(count)} differs from the bucket of +Inf, ${formatNumber(last.value)}`,
      position,
    );
  }
  if (hasSum && buckets.some(({ bound }) => bound < 0)) {
    fault('a histogram with negative buckets has no sum, because it could go down', position);
  }
}

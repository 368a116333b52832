import type { ReadingBatch, ReadingSeries } from './list-readings.ts';

/** The samples of one series, in the order of time. */
export interface SeriesReadings {
  readonly series: ReadingSeries;
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly ids: Float64Array;
  readonly isReading: (index: number) => boolean;
}

/** Puts the readings of several series into one order, by time and then id, and takes the first `limit`. */
export function orderReadings(columns: readonly SeriesReadings[], limit: number): ReadingBatch {
  const most = columns.reduce((sum, { ids }) => sum + ids.length, 0);
  const seriesAt = new Uint32Array(most);
  const timestampsMs = new Float64Array(most);
  const values = new Float64Array(most);
  const ids = new Float64Array(most);
  let count = 0;
  for (const [series, column] of columns.entries()) {
    for (let i = 0; i < column.ids.length; i++) {
      if (!column.isReading(i)) continue;
      seriesAt[count] = series;
      timestampsMs[count] = column.timestampsMs[i] as number;
      values[count] = column.values[i] as number;
      ids[count] = column.ids[i] as number;
      count += 1;
    }
  }
  const order = sortOrder(timestampsMs.subarray(0, count), ids);
  const kept = Math.min(count, limit);
  const pick = (from: Float64Array): Float64Array => {
    const picked = new Float64Array(kept);
    for (let i = 0; i < kept; i++) picked[i] = from[order[i] as number] as number;
    return picked;
  };
  const pickedSeries = new Uint32Array(kept);
  for (let i = 0; i < kept; i++) pickedSeries[i] = seriesAt[order[i] as number] as number;
  return {
    count: kept,
    series: columns.map(({ series }) => series),
    seriesAt: pickedSeries,
    timestampsMs: pick(timestampsMs),
    values: pick(values),
    ids: pick(ids),
  };
}

/**
 * By time, then id. Series of a target share their times, so there are few of those: readings are dealt out to them
 * (a counting sort), and only the readings of one time are compared with each other.
 */
function sortOrder(timestampsMs: Float64Array, ids: Float64Array): Uint32Array {
  const ranks = rankTimes(timestampsMs);
  const starts = new Uint32Array(ranks.size + 1);
  const rankAt = new Uint32Array(timestampsMs.length);
  for (let i = 0; i < timestampsMs.length; i++) {
    const rank = ranks.get(timestampsMs[i] as number) as number;
    rankAt[i] = rank;
    starts[rank + 1] = (starts[rank + 1] as number) + 1;
  }
  for (let rank = 0; rank < ranks.size; rank++) {
    starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
  }
  const order = new Uint32Array(timestampsMs.length);
  const next = starts.slice();
  for (let i = 0; i < rankAt.length; i++) {
    const rank = rankAt[i] as number;
    const place = next[rank] as number;
    order[place] = i;
    next[rank] = place + 1;
  }
  for (let rank = 0; rank < ranks.size; rank++) {
    order.subarray(starts[rank], starts[rank + 1]).sort((a, b) => (ids[a] as number) - (ids[b] as number));
  }
  return order;
}

/** Which time is the first, the second, … */
function rankTimes(timestampsMs: Float64Array): ReadonlyMap<number, number> {
  const distinct = Float64Array.from(new Set(timestampsMs)).sort();
  const ranks = new Map<number, number>();
  for (const [rank, time] of distinct.entries()) ranks.set(time, rank);
  return ranks;
}

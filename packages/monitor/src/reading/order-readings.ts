import { CELL, type SeriesSamples } from '@daywatch/series';
import type { ReadingBatch, ReadingPlace, ReadingSeries } from './list-readings.ts';

/** Which readings are wanted: those after a place, at most so many. */
export interface ReadingCut {
  readonly after: ReadingPlace | undefined;
  readonly limit: number;
}

/**
 * Puts the readings of several series into one order, by time and then id. It keeps its arrays from one call to the next,
 * so that a long answer makes no garbage of them: a batch holds until the next call.
 */
export class ReadingOrderer {
  #capacity = 0;
  #seriesAt = new Uint32Array();
  #timestampsMs = new Float64Array();
  #values = new Float64Array();
  #ids = new Float64Array();
  #order = new Uint32Array();
  #rankAt = new Uint32Array();

  order(
    samples: readonly SeriesSamples[],
    seriesOf: (samples: SeriesSamples) => ReadingSeries,
    { after, limit }: ReadingCut,
  ): ReadingBatch {
    this.#reserve(samples.reduce((sum, { ids }) => sum + ids.length, 0));
    // In the order of their ids at one time, if not always, so that there is little left to sort.
    const columns = samples.toSorted((a, b) => (a.ids[0] as number) - (b.ids[0] as number));
    const count = this.#gather(columns, after);
    this.#sort(count);
    return {
      count: Math.min(count, limit),
      series: columns.map(seriesOf),
      order: this.#order,
      seriesAt: this.#seriesAt,
      timestampsMs: this.#timestampsMs,
      values: this.#values,
      ids: this.#ids,
    };
  }

  #reserve(most: number): void {
    if (most <= this.#capacity) return;
    this.#capacity = Math.max(most, 2 * this.#capacity);
    this.#seriesAt = new Uint32Array(this.#capacity);
    this.#timestampsMs = new Float64Array(this.#capacity);
    this.#values = new Float64Array(this.#capacity);
    this.#ids = new Float64Array(this.#capacity);
    this.#order = new Uint32Array(this.#capacity);
    this.#rankAt = new Uint32Array(this.#capacity);
  }

  /** A mark of staleness is no reading. */
  #gather(columns: readonly SeriesSamples[], after: ReadingPlace | undefined): number {
    const { timestampMs: afterMs, id: afterId } = after ?? { timestampMs: -Infinity, id: 0 };
    let count = 0;
    for (const [series, { timestampsMs, values, states, ids }] of columns.entries()) {
      for (let i = 0; i < ids.length; i++) {
        const timestampMs = timestampsMs[i] as number;
        const id = ids[i] as number;
        if (states[i] !== CELL.value) continue;
        if (timestampMs < afterMs || (timestampMs === afterMs && id <= afterId)) continue;
        this.#seriesAt[count] = series;
        this.#timestampsMs[count] = timestampMs;
        this.#values[count] = values[i] as number;
        this.#ids[count] = id;
        count += 1;
      }
    }
    return count;
  }

  /**
   * Series of a target share their times, so there are few of those: readings are dealt out to them (a counting sort),
   * and only the readings of one time are compared with each other.
   */
  #sort(count: number): void {
    const timestampsMs = this.#timestampsMs.subarray(0, count);
    const [order, rankAt, ids] = [this.#order, this.#rankAt, this.#ids];
    const ranks = rankTimes(timestampsMs);
    const starts = new Uint32Array(ranks.size + 1);
    for (let i = 0; i < count; i++) {
      const rank = ranks.get(timestampsMs[i] as number) as number;
      rankAt[i] = rank;
      starts[rank + 1] = (starts[rank + 1] as number) + 1;
    }
    for (let rank = 0; rank < ranks.size; rank++) {
      starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
    }
    const next = starts.slice();
    for (let i = 0; i < count; i++) {
      const rank = rankAt[i] as number;
      const place = next[rank] as number;
      order[place] = i;
      next[rank] = place + 1;
    }
    for (let rank = 0; rank < ranks.size; rank++) {
      const ofOneTime = order.subarray(starts[rank], starts[rank + 1]);
      if (!isAscending(ofOneTime, ids)) ofOneTime.sort((a, b) => (ids[a] as number) - (ids[b] as number));
    }
  }
}

function isAscending(order: Uint32Array, ids: Float64Array): boolean {
  for (let i = 1; i < order.length; i++) {
    if ((ids[order[i - 1] as number] as number) > (ids[order[i] as number] as number)) return false;
  }
  return true;
}

/** Which time is the first, the second, … */
function rankTimes(timestampsMs: Float64Array): ReadonlyMap<number, number> {
  const distinct = Float64Array.from(new Set(timestampsMs)).sort();
  const ranks = new Map<number, number>();
  for (const [rank, time] of distinct.entries()) ranks.set(time, rank);
  return ranks;
}

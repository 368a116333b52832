import { CELL, type SeriesSamples } from '@daywatch/series';
import type { ReadingBatch, ReadingPlace, ReadingSeries } from './list-readings.ts';
import { rankTimes } from './rank-times.ts';

/**
 * Puts the readings of several series into one order, by time and then id. It takes them series by series, so that nobody
 * has to hold them all, and keeps its arrays from one batch to the next, so that a long answer makes no garbage of them.
 */
export class ReadingOrderer {
  readonly #after: ReadingPlace;
  readonly #seriesOf: (samples: SeriesSamples) => ReadingSeries;
  #series: ReadingSeries[] = [];
  #count = 0;
  #seriesAt = new Uint32Array();
  #timestampsMs = new Float64Array();
  #values = new Float64Array();
  #ids = new Float64Array();
  #order = new Uint32Array();
  #rankAt = new Uint32Array();

  /** @param after readings after this place alone are taken. */
  constructor(seriesOf: (samples: SeriesSamples) => ReadingSeries, after: ReadingPlace = BEFORE_ALL) {
    this.#seriesOf = seriesOf;
    this.#after = after;
  }

  /** Forgets what was taken: a batch holds until then. */
  clear(): void {
    this.#series = [];
    this.#count = 0;
  }

  /** Takes the readings of a series. A mark of staleness is none. */
  add(samples: SeriesSamples): void {
    const { timestampsMs, values, states, ids } = samples;
    this.#reserve(this.#count + ids.length);
    const { timestampMs: afterMs, id: afterId } = this.#after;
    const series = this.#series.push(this.#seriesOf(samples)) - 1;
    let count = this.#count;
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
    this.#count = count;
  }

  /** The first `limit` of the readings that were taken. */
  order(limit: number): ReadingBatch {
    this.#sort(this.#count);
    return {
      count: Math.min(this.#count, limit),
      series: this.#series,
      order: this.#order,
      seriesAt: this.#seriesAt,
      timestampsMs: this.#timestampsMs,
      values: this.#values,
      ids: this.#ids,
    };
  }

  #reserve(most: number): void {
    if (most <= this.#ids.length) return;
    const capacity = Math.max(most, 2 * this.#ids.length);
    const grow = <Column extends Uint32Array | Float64Array>(column: Column, larger: Column): Column => {
      larger.set(column);
      return larger;
    };
    this.#seriesAt = grow(this.#seriesAt, new Uint32Array(capacity));
    this.#timestampsMs = grow(this.#timestampsMs, new Float64Array(capacity));
    this.#values = grow(this.#values, new Float64Array(capacity));
    this.#ids = grow(this.#ids, new Float64Array(capacity));
    this.#order = new Uint32Array(capacity);
    this.#rankAt = new Uint32Array(capacity);
  }

  /**
   * Series of a target share their times, so there are few of those: readings are dealt out to them (a counting sort),
   * and only the readings of one time are compared with each other.
   */
  #sort(count: number): void {
    const [order, rankAt, ids] = [this.#order, this.#rankAt, this.#ids];
    const ranks = rankTimes(this.#timestampsMs.subarray(0, count), rankAt);
    const starts = new Uint32Array(ranks + 1);
    for (let i = 0; i < count; i++) {
      const rank = rankAt[i] as number;
      starts[rank + 1] = (starts[rank + 1] as number) + 1;
    }
    for (let rank = 0; rank < ranks; rank++) {
      starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
    }
    const next = starts.slice();
    for (let i = 0; i < count; i++) {
      const rank = rankAt[i] as number;
      const place = next[rank] as number;
      order[place] = i;
      next[rank] = place + 1;
    }
    for (let rank = 0; rank < ranks; rank++) {
      const ofOneTime = order.subarray(starts[rank], starts[rank + 1]);
      if (!isAscending(ofOneTime, ids)) ofOneTime.sort((a, b) => (ids[a] as number) - (ids[b] as number));
    }
  }
}

const BEFORE_ALL: ReadingPlace = { timestampMs: -Infinity, id: 0 };

function isAscending(order: Uint32Array, ids: Float64Array): boolean {
  for (let i = 1; i < order.length; i++) {
    if ((ids[order[i - 1] as number] as number) > (ids[order[i] as number] as number)) return false;
  }
  return true;
}

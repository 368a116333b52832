import type { Series } from '@daywatch/exposition';
import type { Labels } from '@daywatch/series';
import { toLabels } from './column-keeper.ts';

/** Samples that a target gave a time of their own, which is the same for all of these. */
export interface TimedRow {
  /** Which of the sources for timed samples they go to: each takes samples in the order of their times alone. */
  readonly lane: number;
  readonly series: readonly Labels[];
  readonly atMs: number;
  readonly values: Float64Array;
}

/** Further back, or ahead, than this is no time of a live target; Prometheus draws much the same lines. */
const MAX_AGE_MS = 86_400_000;
const MAX_AHEAD_MS = 10 * 60_000;

const MAX_LANES = 8;
/** Lists of series that are remembered: those of a target that exposes others' samples come again and again. */
const MAX_LISTS = 1000;

/**
 * Turns samples with times of their own into rows. A sample is exposed until there is a newer one, so one whose time has
 * not changed is no news. No marks are made of their ends: their times say all there is, as in Prometheus.
 */
export class TimedSamples {
  readonly #lastMs = new Map<string, number>();
  readonly #lanes: number[] = [];
  readonly #lists = new Map<string, readonly Labels[]>();
  #taken: readonly Series[] | undefined;

  /**
   * @param timestampsMs by column; NaN where a sample has no time of its own.
   * @returns rows in the order of their times, and how many samples were refused for theirs.
   */
  take(
    series: readonly Series[],
    values: Float64Array,
    timestampsMs: Float64Array,
    nowMs: number,
  ): { readonly rows: readonly TimedRow[]; readonly refused: number } {
    if (series !== this.#taken) this.#forgetOthers(series);
    const groups = new Map<number, number[]>();
    let refused = 0;
    for (const [column, { key }] of series.entries()) {
      const atMs = timestampsMs[column] as number;
      if (Number.isNaN(atMs) || this.#lastMs.get(key) === atMs) continue;
      if (atMs < nowMs - MAX_AGE_MS || atMs > nowMs + MAX_AHEAD_MS) {
        refused += 1;
        continue;
      }
      this.#lastMs.set(key, atMs);
      const group = groups.get(atMs);
      if (group) group.push(column);
      else groups.set(atMs, [column]);
    }
    const rows: TimedRow[] = [];
    for (const [atMs, columns] of [...groups].sort(([a], [b]) => a - b)) {
      const lane = this.#findLane(atMs);
      if (lane === undefined) {
        refused += columns.length;
        continue;
      }
      rows.push({
        lane,
        series: this.#listOf(series, columns),
        atMs,
        values: Float64Array.from(columns, (column) => values[column] as number),
      });
    }
    return { rows, refused };
  }

  #findLane(atMs: number): number | undefined {
    for (let lane = 0; lane < MAX_LANES; lane++) {
      if ((this.#lanes[lane] ?? -Infinity) >= atMs) continue;
      this.#lanes[lane] = atMs;
      return lane;
    }
    return undefined;
  }

  #listOf(series: readonly Series[], columns: readonly number[]): readonly Labels[] {
    const name = columns.join();
    const known = this.#lists.get(name);
    if (known) return known;
    if (this.#lists.size >= MAX_LISTS) this.#lists.clear();
    const made = columns.map((column) => toLabels(series[column] as Series));
    this.#lists.set(name, made);
    return made;
  }

  #forgetOthers(series: readonly Series[]): void {
    const kept = new Set(series.map(({ key }) => key));
    for (const key of this.#lastMs.keys()) if (!kept.has(key)) this.#lastMs.delete(key);
    this.#lists.clear();
    this.#taken = series;
  }
}

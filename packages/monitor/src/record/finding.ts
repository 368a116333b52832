import type { Labels, ScrapeSummary } from '@daywatch/series';
import type { NewCheckResult } from '../check/check-result-store.ts';
import type { TargetReport } from '../target/target-board.ts';

/** What series arrive from, as the series store knows it: by a key and the labels that all of them share. */
export interface ReadingSource {
  readonly key: string;
  readonly labels: Labels;
}

/** Samples of one moment, ready to be stored, and knowing nothing of any store: they can wait on a disk. */
export interface Reading {
  readonly source: ReadingSource;
  /** The very same list as long as the series stay the same. */
  readonly series: readonly Labels[];
  /** Whole milliseconds since 1970. */
  readonly atMs: number;
  readonly values: Float64Array;
  /** `CELL` states; left out where every series has a value. */
  readonly states?: Uint8Array | undefined;
  readonly summary?: ScrapeSummary | undefined;
}

/** All that is to be written about one check, or about the end of a target. */
export interface Finding {
  readonly readings: readonly Reading[];
  readonly result?: NewCheckResult | undefined;
  readonly report?: TargetReport | undefined;
}

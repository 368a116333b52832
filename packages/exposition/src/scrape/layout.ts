import type { Series } from '../series.ts';

/**
 * The series that a target exposes, in the order of its text: what a scrape's values are columns of. As long as
 * the series stay the same, scrape after scrape has the very same layout object.
 */
export interface Layout {
  readonly series: readonly Series[];
}

/** What one scrape of a target said. */
export interface Scrape {
  readonly layout: Layout;
  /** By column of the layout. It is the caller's: no later scrape changes it. */
  readonly values: Float64Array;
  /** Milliseconds since 1970 by column, NaN where the line has no timestamp; absent where no line has one. */
  readonly timestampsMs?: Float64Array;
  /**
   * How many samples were refused because their series stood in the text already: a scrape holds one sample
   * of a series, the first.
   */
  readonly duplicates: number;
}

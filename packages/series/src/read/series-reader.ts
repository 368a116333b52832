import type { Labels } from '../labels/labels.ts';
import type { Matcher } from '../matcher/matcher.ts';

/** Which samples are wanted. */
export interface SeriesQuery {
  /** All must hold. None gives every series. */
  readonly matchers: readonly Matcher[];
  /** Inclusive, milliseconds since 1970. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /**
   * That the period which follows will be asked for next, with the same matchers; false by default. What this one takes to
   * read may then be kept for it. Nothing but the time it takes depends on it.
   */
  readonly isContinued?: boolean;
}

/** Where samples of some series lie. */
interface SampleBounds {
  /** Inclusive and exclusive: every sample lies between them, and they may be somewhat farther apart than that. */
  readonly startMs: number;
  readonly endMs: number;
  /** How many series match: that were ever seen, and are not past retention. */
  readonly series: number;
}

/** One series' samples of a period. The arrays are the caller's own, and equally long. */
export interface SeriesSamples {
  /** In full: the series' own labels and those of its source. */
  readonly labels: Labels;
  /** As the source exposed it. */
  readonly own: Labels;
  /** What belongs to the source (`job`, `instance`). */
  readonly source: Labels;
  /** Strictly ascending integers. */
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  /** `CELL.value`, or `CELL.stale` where the series ended (the value there means nothing). */
  readonly states: Uint8Array;
  /** Stable ids of the readings, unique over all series: integers from 1 to 2^53 - 1. */
  readonly ids: Float64Array;
}

/** What `findSeries` answers. */
export interface FoundSeries {
  readonly labels: Labels;
  readonly own: Labels;
  readonly source: Labels;
}

/** Answers what is stored. What an `append` has stored is seen by every call that begins afterwards. */
export interface SeriesReader {
  /** Undefined where no series matches. */
  bounds(matchers: readonly Matcher[], signal?: AbortSignal): Promise<SampleBounds | undefined>;

  /**
   * The samples of each matching series that has any in the period, series by series, sorted by no rule. Samples
   * of the same labels from several sources come as one; at equal times one of them wins. Memory stays flat: a
   * group of series is held at once, so a caller that wants time order over many series asks for short periods.
   * @param signal ends the iteration with its reason.
   */
  select(query: SeriesQuery, signal?: AbortSignal): AsyncIterable<SeriesSamples>;

  /** The matching series that were ever seen and are not past retention, sorted by labels, at most `limit`. */
  findSeries(
    matchers: readonly Matcher[],
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly FoundSeries[]>;

  /** The names of labels that the matching series have, sorted. */
  labelNames(matchers: readonly Matcher[], limit: number, signal?: AbortSignal): Promise<readonly string[]>;

  /** The values that a label has among the matching series, sorted. */
  labelValues(
    name: string,
    matchers: readonly Matcher[],
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly string[]>;
}

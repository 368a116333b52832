import type { Labels } from '../labels/labels.ts';

declare const sourceBrand: unique symbol;
declare const layoutBrand: unique symbol;

/** Series that arrive together come from one source. What a source is (a target, an import) is not known here. */
export type SourceId = number & { readonly [sourceBrand]: true };

/** An ordered list of series: the columns of a scrape. */
export type LayoutId = number & { readonly [layoutBrand]: true };

/** How many series a scrape may have: a reading's id has 20 bits for the column, and some are ours. */
export const MAX_LAYOUT_SERIES = 2 ** 20 - 8;

/** What one source said at one moment. */
export interface Scrape {
  readonly source: SourceId;
  /** Milliseconds since 1970, an integer; may be negative. */
  readonly atMs: number;
  readonly layout: LayoutId;
  /** One for each series of the layout, in its order. What stands where a state is not `value` is ignored. */
  readonly values: Float64Array;
  /** A `CELL` state for each series; left out when every one has a value. */
  readonly states?: Uint8Array;
  /**
   * What becomes the series `up`, `scrape_duration_seconds` and `scrape_samples_scraped` of the source; left
   * out for samples that come alone (imports, samples with times of their own).
   */
  readonly summary?: ScrapeSummary;
}

export interface ScrapeSummary {
  readonly isUp: boolean;
  readonly durationSeconds: number;
  /** How many samples the target exposed. */
  readonly samples: number;
}

/** What became of each scrape of an `append`, in its order. */
export type AppendOutcome =
  | 'stored'
  /** A scrape of that source and moment is stored already: nothing was changed. */
  | 'duplicate'
  /** The source has a later scrape already. Late samples are to be written to a source of their own. */
  | 'out-of-order';

/**
 * Takes what was collected. Everything here may be called again after a failure whose outcome is not known:
 * nothing is ever stored twice.
 */
export interface SeriesWriter {
  /**
   * The source of that key and those labels, made when it is new. A source's labels never change: other labels
   * under the same key are another source. The labels (`job`, `instance`) belong to each of its series that
   * does not have them itself.
   * @param key tells sources with equal labels apart, at most 200 characters: `target gometr`.
   */
  openSource(key: string, labels: Labels, signal?: AbortSignal): Promise<SourceId>;

  /**
   * The layout of that list of series, made when it is new: the same list gives the same layout, to whatever
   * source. A layout costs about as much as one scrape and a stretch of one layout compresses well, so keep one
   * while a series is missing now and then (its cell is stale, then absent) and make another when a new
   * series comes. Series that sort together (the buckets of a histogram) belong side by side.
   * @param series unique, each with a `__name__`, at most `MAX_LAYOUT_SERIES`.
   * @throws InvalidScrapeError
   */
  registerLayout(series: readonly Labels[], signal?: AbortSignal): Promise<LayoutId>;

  /**
   * Stores scrapes in one transaction: all of them or none. When it resolves they survive a crash. Give many at
   * once (those of some tens of milliseconds): a transaction costs more than a scrape.
   * @param scrapes those of one source in the order of their time.
   * @throws InvalidScrapeError for one whose values do not fit its layout; then none is stored.
   * @throws ScrapeNumbersUsedUpError when 2^33 scrapes have been stored in all.
   */
  append(scrapes: readonly Scrape[], signal?: AbortSignal): Promise<readonly AppendOutcome[]>;
}

export {
  InvalidLabelsError,
  InvalidScrapeError,
  InvalidSelectorError,
  ScrapeNumbersUsedUpError,
} from './errors.ts';
export {
  joinLabels,
  labelValue,
  makeLabels,
  METRIC_NAME,
  NO_LABELS,
  type Label,
  type Labels,
} from './labels/labels.ts';
export {
  checkLabels,
  MAX_LABEL_NAME_BYTES,
  MAX_LABEL_VALUE_BYTES,
  MAX_LABELS,
} from './labels/check-labels.ts';
export { formatLabels } from './labels/format-labels.ts';
export { compileMatcher, MAX_EXPRESSION_LENGTH, type CompiledMatcher } from './matcher/compile-matcher.ts';
export type { Matcher, MatchOperator } from './matcher/matcher.ts';
export { MAX_SELECTOR_LENGTH, parseSelector } from './matcher/parse-selector.ts';
export { SUMMARY_SERIES } from './sample/summary-series.ts';
export type { SeriesStores } from './stores.ts';
export { CELL, type CellState } from '@daywatch/blocks';
export type { FoundSeries, SeriesQuery, SeriesReader, SeriesSamples } from './read/series-reader.ts';
export { addReports, NO_UPKEEP } from './upkeep/series-upkeep.ts';
export type { SealFailure, SealReport, SeriesUpkeep, UpkeepReport } from './upkeep/series-upkeep.ts';
export {
  MAX_LAYOUT_SERIES,
  type AppendOutcome,
  type LayoutId,
  type Scrape,
  type ScrapeSummary,
  type SeriesWriter,
  type SourceId,
} from './write/series-writer.ts';

export { InvalidLabelsError, InvalidScrapeError, InvalidSelectorError } from './errors.ts';
export {
  joinLabels,
  labelValue,
  makeLabels,
  METRIC_NAME,
  NO_LABELS,
  type Label,
  type Labels,
} from './labels/labels.ts';
export type { Matcher, MatchOperator } from './matcher/matcher.ts';
export { CELL, type CellState } from '@daywatch/blocks';
export type { FoundSeries, SeriesQuery, SeriesReader, SeriesSamples } from './read/series-reader.ts';
export type { SeriesUpkeep, UpkeepReport } from './upkeep/series-upkeep.ts';
export {
  MAX_LAYOUT_SERIES,
  type AppendOutcome,
  type LayoutId,
  type Scrape,
  type ScrapeSummary,
  type SeriesWriter,
  type SourceId,
} from './write/series-writer.ts';

export { METRIC_TYPES } from './exposition.ts';
export type { Exemplar, ExpositionFormat, Label, MetricFamily, MetricType, Sample } from './exposition.ts';
export { ExpositionError } from './exposition-error.ts';
export type { ExpositionErrorCode, TextPosition } from './exposition-error.ts';
export { DEFAULT_LIMITS } from './limits.ts';
export type { ExpositionLimits } from './limits.ts';
export { parseExposition } from './parse-exposition.ts';
export type { ParseOptions } from './parse-exposition.ts';
export { printExposition } from './print-exposition.ts';
export type { PrintOptions } from './print-exposition.ts';
export { lintExposition } from './lint-exposition.ts';
export type { LintOptions } from './lint-exposition.ts';
export { createSeries, formatSeries } from './series.ts';
export type { Series } from './series.ts';
export { formatNumber } from './format-number.ts';
export { ScrapeParser } from './scrape/scrape-parser.ts';
export type { ScrapeParserOptions } from './scrape/scrape-parser.ts';
export type { Layout, Scrape } from './scrape/layout.ts';
export { ESCAPING_SCHEMES, escapeName, unescapeName } from './negotiation/escape-name.ts';
export type { EscapingScheme } from './negotiation/escape-name.ts';
export {
  formatAccept,
  formatContentType,
  formatOf,
  parseContentType,
  SCRAPE_PROTOCOLS,
} from './negotiation/scrape-protocol.ts';
export type { ContentTypeResult, ScrapeProtocol } from './negotiation/scrape-protocol.ts';
export { chooseFormat } from './negotiation/choose-format.ts';
export type { ChosenFormat } from './negotiation/choose-format.ts';

export type { Checkable, HealthFinding, HealthStatus, MetricsFinding } from './check/checkable.ts';
export type {
  CheckResult,
  CheckResultStore,
  LastChecksQuery,
  NewCheckResult,
} from './check/check-result-store.ts';
export type { CheckBoard, CheckCount, CheckUpkeep, CountQuery } from './check/check-board.ts';
export {
  addTallies,
  COUNT_SPAN_MS,
  NO_RESULTS,
  spanStart,
  upShare,
  type CheckTally,
  type CountSpan,
} from './check/check-count.ts';
export {
  createBoardFeed,
  type BoardFeed,
  type BoardFeedOptions,
  type FeedEvent,
} from './board/board-feed.ts';
export {
  BOARD_PERIODS,
  type BoardEntry,
  type BoardPeriod,
  type BoardQuery,
  type StatusBoard,
} from './board/status-board.ts';
export { Downsampler, type Line } from './explorer/downsample.ts';
export type { SeriesList, SeriesListQuery } from './explorer/list-series.ts';
export { RANGE_KINDS, type RangeKind, type RangeLine, type RangeQuery } from './explorer/query-range.ts';
export { TooManySeriesError } from './explorer/too-many-series.ts';
export { createMonitorManager, type MonitorManager, type MonitorStores } from './monitor-manager.ts';
export type { ReadingBatch, ReadingPlace, ReadingSeries, ReadingsQuery } from './reading/list-readings.ts';
export { readHealthBody } from './check/read-health-body.ts';
export { judgeAnswer, type HttpAnswer, type HttpExpectation } from './check/http-expectation.ts';
export { makeHttpMetrics, type HttpMeasurement } from './check/http-metrics.ts';
export { DEFAULT_ENDPOINT, type Endpoint } from './target/endpoint.ts';
export type { HttpSettings, PrometheusSettings, TargetSettings } from './target/target-settings.ts';
export { hostOf, instanceOf } from './target/host-of.ts';
export type { LeaseGrant, LeaseRequest, TargetDescription, TargetLeases } from './target/target-leases.ts';
export {
  NO_CHECKER,
  type TargetBoard,
  type TargetReport,
  type TargetStanding,
} from './target/target-board.ts';
export { createChecker, type Checker, type CheckerLog, type CheckerOptions } from './checker/checker.ts';
export type { CheckRun, CheckStatus, RecordRun } from './checker/check-run.ts';
export type { Clock } from './checker/clock.ts';
export { DuplicateTargetError, InvalidTargetError } from './checker/errors.ts';
export { CheckTimeoutError } from './checker/run-check.ts';
export { CheckStoppedError } from './checker/target-loop.ts';
export { DEFAULT_INTERVAL_MS, DEFAULT_TIMEOUT_MS, type Target, type TargetState } from './checker/target.ts';
export { labelSeries, type ClashRules } from './scrape/label-series.ts';
export {
  countRefused,
  LayoutLabeller,
  pickColumns,
  RESERVED_SERIES,
  type LabelledLayout,
} from './scrape/label-layout.ts';

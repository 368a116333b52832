import type { SeriesReader } from '@daywatch/series';
import { makeStatusBoard, type BoardQuery, type StatusBoard } from './board/status-board.ts';
import type { CheckBoard } from './check/check-board.ts';
import type { CheckResult, CheckResultStore, LastChecksQuery } from './check/check-result-store.ts';
import { listSeries, type SeriesList, type SeriesListQuery } from './explorer/list-series.ts';
import { queryRange, type RangeLine, type RangeQuery } from './explorer/query-range.ts';
import { listReadings, type ReadingBatch, type ReadingsQuery } from './reading/list-readings.ts';
import type { TargetBoard, TargetStanding } from './target/target-board.ts';

/** Where the answers come from. */
export interface MonitorStores {
  readonly series: SeriesReader;
  readonly checks: CheckResultStore & CheckBoard;
  readonly targets: TargetBoard;
}

/**
 * Answers what people and programs ask of the monitor. It gets requests that are valid: whoever calls has read them
 * from outside, and refused what makes no sense.
 */
export interface MonitorManager {
  listReadings(query: ReadingsQuery, signal?: AbortSignal): AsyncIterable<ReadingBatch>;
  /** Oldest first. */
  lastChecks(query: LastChecksQuery, signal?: AbortSignal): Promise<readonly CheckResult[]>;
  /** By id. */
  listTargets(signal?: AbortSignal): Promise<readonly TargetStanding[]>;
  listSeries(query: SeriesListQuery, signal?: AbortSignal): Promise<SeriesList>;
  /** @throws TooManySeriesError */
  queryRange(query: RangeQuery, signal?: AbortSignal): Promise<readonly RangeLine[]>;
  makeBoard(query: BoardQuery, signal?: AbortSignal): Promise<StatusBoard>;
}

export function createMonitorManager({ series, checks, targets }: MonitorStores): MonitorManager {
  return {
    listReadings: (query, signal) => listReadings(series, query, signal),
    lastChecks: (query, signal) => checks.last(query, signal),
    listTargets: (signal) => targets.list(signal),
    listSeries: (query, signal) => listSeries(series, query, signal),
    queryRange: (query, signal) => queryRange(series, query, signal),
    makeBoard: (query, signal) => makeStatusBoard(targets, checks, query, signal),
  };
}

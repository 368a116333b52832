import type { CheckTally, CountSpan } from './check-count.ts';
import type { CheckResult } from './check-result-store.ts';

/** The results of one domain in one hour or day. */
export interface CheckCount extends CheckTally {
  readonly domain: string;
  /** A multiple of the span. */
  readonly startMs: number;
}

export interface CountQuery {
  readonly span: CountSpan;
  /** Spans that begin in this period: inclusive, and exclusive. */
  readonly startMs: number;
  readonly endMs: number;
  /** Of this domain alone; by default of all. */
  readonly domain?: string;
}

/** What a status board asks of the past. Its cost does not grow with how much is stored. */
export interface CheckBoard {
  /** Counts of spans that have results, by domain, then start. */
  counts(query: CountQuery, signal?: AbortSignal): Promise<readonly CheckCount[]>;
  /** The latest results of each of these domains, at most `count` of each, `unknown` included; by domain, then oldest first. */
  recent(domains: readonly string[], count: number, signal?: AbortSignal): Promise<readonly CheckResult[]>;
}

/** Keeps the store small. */
export interface CheckUpkeep {
  /**
   * Drops what is wholly older, a partition at a time: some of it may stay for up to a week longer.
   * @returns the names of what was dropped.
   */
  dropBefore(cutoffMs: number, signal?: AbortSignal): Promise<readonly string[]>;
}

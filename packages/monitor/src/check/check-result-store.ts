import type { CheckStatus } from '../checker/check-run.ts';

/** What is kept of a check. */
export interface NewCheckResult {
  readonly targetId: string;
  /** When the check began, in whole milliseconds since 1970. */
  readonly atMs: number;
  readonly domain: string;
  readonly status: CheckStatus;
  readonly durationMs: number;
  /** Why it did not pass. */
  readonly reason: string | undefined;
}

export interface CheckResult extends NewCheckResult {
  /** From 1 to 2^53 - 1, unique, and never another for the same result; a result that was stored later has a greater one. */
  readonly id: number;
}

export interface LastChecksQuery {
  /** Of this domain alone; by default of all. */
  readonly domain?: string;
  /** At most so many, at least 1. */
  readonly count: number;
  /** Whether results that say nothing of the target count; by default they are left out. */
  readonly includesUnknown?: boolean;
}

/** Keeps what came of checks. */
export interface CheckResultStore {
  /**
   * Stores results, all of them or none. When it resolves they survive a crash. A result of a target, domain and moment
   * that is stored already is left as it is, so that a call may be repeated after a failure whose outcome is not known.
   */
  append(results: readonly NewCheckResult[], signal?: AbortSignal): Promise<void>;
  /** The latest results by the time of the check (of equal ones, by id), oldest first. */
  last(query: LastChecksQuery, signal?: AbortSignal): Promise<readonly CheckResult[]>;
}

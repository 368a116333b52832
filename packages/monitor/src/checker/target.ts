import type { Checkable } from '../check/checkable.ts';
import type { CheckStatus } from './check-run.ts';

/** Something to be checked again and again. */
export interface Target {
  readonly check: Checkable;
  /** What people call it; unique among the targets. */
  readonly domain: string;
  /** From the start of a check to the start of the next. */
  readonly intervalMs: number;
  /** A check that takes longer has failed. At most the interval. */
  readonly timeoutMs: number;
}

export const DEFAULT_INTERVAL_MS = 5000;
export const DEFAULT_TIMEOUT_MS = 3000;

/** How a target stands. */
export interface TargetState {
  readonly id: string;
  readonly domain: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Of the latest check that ended; undefined before the first. */
  readonly status: CheckStatus | undefined;
  readonly reason: string | undefined;
  /** When that check began, in milliseconds since 1970. */
  readonly lastCheckMs: number | undefined;
  readonly isRunning: boolean;
  /** How many checks were left out because the one before was still going, or because the checker was held up. */
  readonly skipped: number;
}

import type { HealthStatus, MetricsFinding } from '../check/checkable.ts';

/** `unknown`: the checker was in trouble itself, so that nothing can be said of the target. */
export type CheckStatus = HealthStatus | 'unknown';

/** What came of one check of one target. */
export interface CheckRun {
  readonly targetId: string;
  readonly domain: string;
  /** When it began, in whole milliseconds since 1970. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly status: CheckStatus;
  /** Why it does not pass, for people. */
  readonly reason: string | undefined;
  /** How long after its time it began, in milliseconds. */
  readonly delayMs: number;
  readonly metrics:
    | ({ readonly kind: 'read' } & MetricsFinding)
    /** Nothing could be read; `reason` says why. It is doubtful where the checker was held up meanwhile. */
    | { readonly kind: 'failed'; readonly reason: string; readonly isDoubtful?: boolean };
}

/** Takes what came of each check; called at the end of each run, in the order in which they end. It must not throw. */
export type RecordRun = (run: CheckRun) => void;

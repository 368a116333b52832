import type { CheckStatus } from '../checker/check-run.ts';
import type { TargetDescription } from './target-leases.ts';

/** What a check says of how its target stands. */
export interface TargetReport {
  readonly targetId: string;
  readonly status: CheckStatus;
  /** Why it does not pass. */
  readonly reason: string | undefined;
  /** When the check began, in whole milliseconds since 1970. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly scrape:
    | {
        readonly kind: 'read';
        readonly samples: number;
        /** Samples that could not be stored: doubled ones, reserved names. */
        readonly refused: number;
      }
    | { readonly kind: 'failed'; readonly reason: string };
}

/** A target and how it stands: what everybody may see of it. */
export interface TargetStanding extends TargetDescription {
  /** Of the last check; `unknown` before the first, and while no checker has the target. */
  readonly status: CheckStatus;
  readonly reason: string | undefined;
  /** Since when its checks have come out like that, in milliseconds since 1970. */
  readonly sinceMs: number | undefined;
  readonly lastCheck: { readonly atMs: number; readonly durationMs: number } | undefined;
  /** The last time that metrics were read. */
  readonly lastScrape:
    | { readonly atMs: number; readonly samples: number; readonly refused: number }
    | undefined;
  /** What went wrong last, kept when the target is well again. */
  readonly lastError: { readonly atMs: number; readonly message: string } | undefined;
  /** The name of the checker that has it at the moment. */
  readonly checker: string | undefined;
}

/** Why a target is `unknown` that nobody checks. */
export const NO_CHECKER = 'no checker has it at the moment';

/** Where checkers note how targets stand, for everybody to see. */
export interface TargetBoard {
  /**
   * Notes reports, in their order. One that is older than what is known of its target is ignored, so that a call may
   * be repeated; so is one of a target that is not there any more.
   */
  report(reports: readonly TargetReport[], signal?: AbortSignal): Promise<void>;
  /** All targets, by id. */
  list(signal?: AbortSignal): Promise<readonly TargetStanding[]>;
}

/** What went wrong in a check, or undefined. */
export function errorOf({ status, reason, scrape }: TargetReport): string | undefined {
  if (status !== 'pass' && reason !== undefined) return reason;
  return scrape.kind === 'failed' ? scrape.reason : undefined;
}

/** How a target stands. Where the checker is in trouble itself, or nobody checks, it is `unknown`. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'unknown';

/** What is broken is first. */
export const STATUSES = ['fail', 'warn', 'unknown', 'pass'] as const satisfies readonly CheckStatus[];

/** A target as it stands now. Times are epoch milliseconds. */
export interface Standing {
  readonly id: string;
  readonly domain: string;
  readonly kind: string;
  readonly url: string;
  readonly intervalMs: number;
  readonly status: CheckStatus;
  /** Why it does not pass. */
  readonly reason: string | undefined;
  /** Since when its checks come out like that. */
  readonly sinceMs: number | undefined;
  readonly lastCheck: { readonly atMs: number; readonly durationMs: number } | undefined;
  readonly lastScrape:
    | { readonly atMs: number; readonly samples: number; readonly refused: number }
    | undefined;
  /** What went wrong last; it stays when the target is well again. */
  readonly lastError: { readonly atMs: number; readonly message: string } | undefined;
  readonly checker: string | undefined;
}

/** How the checks of one hour, or of one day, came out. */
export interface Tally {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly unknown: number;
}

/** One check that is over. */
export interface RecentCheck {
  readonly atMs: number;
  readonly status: CheckStatus;
  readonly durationMs: number;
}

export interface BoardEntry extends Standing {
  /** The oldest first; the last one is still running. */
  readonly bars: readonly Tally[];
  /** Oldest first. */
  readonly recent: readonly RecentCheck[];
}

export interface Board {
  /** When the first bar begins. */
  readonly startMs: number;
  readonly barMs: number;
  /** What is broken is first, then by domain. */
  readonly entries: readonly BoardEntry[];
}

export const PERIODS = ['24h', '30d', '90d'] as const;

export type Period = (typeof PERIODS)[number];

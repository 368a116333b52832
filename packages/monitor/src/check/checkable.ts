import type { Scrape } from '@daywatch/exposition';

/** How a target is. `unknown` is not here: only the checker can be in doubt about itself. */
export type HealthStatus = 'pass' | 'warn' | 'fail';

export interface HealthFinding {
  readonly status: HealthStatus;
  /** Why it does not pass, for people: a sentence without credentials. */
  readonly reason?: string;
  /** By how many milliseconds the answer was too late, where that is the reason: an answer that much quicker is another finding. */
  readonly lateByMs?: number;
}

export interface MetricsFinding {
  /** Whether the target answered; becomes the series `up`. */
  readonly isUp: boolean;
  readonly scrape: Scrape;
}

/**
 * Something that can be watched; every kind of target implements it. Both questions end soon after the signal is
 * aborted, by throwing. Asked with the same signal, they may share one request.
 */
export interface Checkable {
  /** Unique among the targets of a checker. */
  readonly id: string;
  /** How the target says it is. Throws where it does not answer: that is a failed check, and the message says why. */
  health(signal: AbortSignal): Promise<HealthFinding>;
  /** What the target measures. Throws where nothing can be read, with a message that says why. */
  metrics(signal: AbortSignal): Promise<MetricsFinding>;
}

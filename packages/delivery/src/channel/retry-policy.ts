/** When to try again after an attempt that failed. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** The pause after the first attempt; it doubles with every further one. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { maxAttempts: 8, firstDelayMs: 1_000, maxDelayMs: 600_000 };

export type RetryDecision =
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'give-up' };

/**
 * Decides after attempt number `attempt` (from 1) has failed. Pauses grow exponentially and are drawn from the
 * upper half of their range, so that many that failed together do not come back together. A pause that the
 * receiver asked for is kept where it is longer, up to `maxDelayMs`.
 * @param random from 0 (inclusive) to 1 (exclusive).
 */
export function decideRetry(
  policy: RetryPolicy,
  attempt: number,
  random: number,
  askedMs = 0,
): RetryDecision {
  if (attempt >= policy.maxAttempts) return { kind: 'give-up' };
  // An exponent without bound would become infinite, and infinity times zero is no number.
  const doubled = policy.firstDelayMs * 2 ** Math.min(attempt - 1, 52);
  const ceilingMs = Math.min(doubled, policy.maxDelayMs);
  const drawnMs = ceilingMs / 2 + (ceilingMs / 2) * random;
  return { kind: 'retry', afterMs: Math.max(drawnMs, Math.min(askedMs, policy.maxDelayMs)) };
}

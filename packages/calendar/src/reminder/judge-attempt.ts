import { decideRetry, type RetryPolicy, type SendOutcome } from '@daywatch/delivery';

/** What follows from an attempt. */
export type JudgedAttempt =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Judges attempt number `attempt`, from 1.
 * @param random from 0 (inclusive) to 1 (exclusive).
 */
export function judgeAttempt(
  policy: RetryPolicy,
  random: number,
  outcome: SendOutcome,
  attempt: number,
): JudgedAttempt {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'sent' };
    case 'refused':
      return { kind: 'failed', error: outcome.reason };
    case 'retry': {
      const { reason: error, afterMs } = outcome;
      const decision = decideRetry(policy, attempt, random, afterMs);
      return decision.kind === 'retry'
        ? { kind: 'retry', error, afterMs: Math.ceil(decision.afterMs) }
        : { kind: 'failed', error: `${error} (attempt ${attempt} of ${policy.maxAttempts})` };
    }
    default:
      return outcome satisfies never;
  }
}

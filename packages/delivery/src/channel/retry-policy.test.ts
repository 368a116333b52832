import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decideRetry, DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';

const policies: fc.Arbitrary<RetryPolicy> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 5000 }),
  firstDelayMs: fc.integer({ min: 1, max: 60_000 }),
  maxDelayMs: fc.integer({ min: 60_000, max: 86_400_000 }),
});
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('decideRetry', () => {
  it('should double from the first delay, half of it drawn', () => {
    const delays = [1, 2, 3, 4].map((attempt) => decideRetry(DEFAULT_RETRY_POLICY, attempt, 0.5));

    expect(delays).toEqual([750, 1500, 3000, 6000].map((afterMs) => ({ kind: 'retry', afterMs })));
  });

  it('should give up exactly when the attempts are used up', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 6000 }), randoms, (policy, attempt, random) => {
        const { kind } = decideRetry(policy, attempt, random);
        expect(kind).toBe(attempt < policy.maxAttempts ? 'retry' : 'give-up');
      }),
    );
  });

  it('should always wait at least half the first delay and never longer than the longest', () => {
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 1, max: 4999 }),
        randoms,
        fc.integer({ min: 0, max: 1e12 }),
        (policy, attempt, random, askedMs) => {
          const decision = decideRetry({ ...policy, maxAttempts: 5000 }, attempt, random, askedMs);
          if (decision.kind === 'give-up') throw new Error('it gave up too early');
          expect(decision.afterMs).toBeGreaterThanOrEqual(policy.firstDelayMs / 2);
          expect(decision.afterMs).toBeLessThanOrEqual(policy.maxDelayMs);
        },
      ),
    );
  });

  it('should never wait a shorter time after a later attempt at the same draw', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 4000 }), randoms, (policy, attempt, random) => {
        const endless = { ...policy, maxAttempts: 5000 };
        const [earlier, later] = [attempt, attempt + 1].map((each) => decideRetry(endless, each, random));
        if (earlier?.kind !== 'retry' || later?.kind !== 'retry') throw new Error('it gave up too early');
        expect(later.afterMs).toBeGreaterThanOrEqual(earlier.afterMs);
      }),
    );
  });

  it('should keep a pause that the receiver asked for, within the longest', () => {
    expect(decideRetry(DEFAULT_RETRY_POLICY, 1, 0, 90_000)).toEqual({ kind: 'retry', afterMs: 90_000 });
    expect(decideRetry(DEFAULT_RETRY_POLICY, 1, 0, 9e9)).toEqual({ kind: 'retry', afterMs: 600_000 });
  });
});

export interface BackoffOptions {
  readonly firstMs?: number;
  readonly maxMs?: number;
  /** From 0 (inclusive) to 1 (exclusive); passed in, as all randomness is. */
  readonly random?: () => number;
}

/**
 * Endless delays that double from `firstMs` (100) to `maxMs` (10,000), each drawn from the upper half of its
 * range, so that many processes that lost the same server do not come back all at once.
 */
export function* backoffDelaysMs(options: BackoffOptions = {}): Generator<number, never> {
  const { firstMs = 100, maxMs = 10_000, random = Math.random } = options;
  for (let ceilingMs = firstMs; ; ceilingMs = Math.min(maxMs, ceilingMs * 2)) {
    yield ceilingMs / 2 + (ceilingMs / 2) * random();
  }
}

/** The present, in milliseconds since 1970-01-01T00:00:00Z. Passed in, so that tests own the time. */
export interface Clock {
  now(): number;
}

/** Answers that many random bytes, fit for secrets. */
export type RandomBytes = (size: number) => Uint8Array;

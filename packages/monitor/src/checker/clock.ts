/** Where the checker takes its time from; tests turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970; may be set back. */
  now(): number;
  /** Milliseconds since some moment; never goes back. */
  elapsed(): number;
  /** Calls back once, not before the time is over. Returns what cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

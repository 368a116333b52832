/** A message that could not be handled, kept for people to look at. */
export interface DeadLetter {
  readonly id: string;
  /** Why it is here, as a sentence. */
  readonly reason: string;
  /** When it came here, in milliseconds since 1970. */
  readonly deadLetteredAtMs: number;
  readonly sizeBytes: number;
  /** The first 4,096 bytes of the body. */
  readonly bodyStart: Uint8Array;
}

export interface DeadLetterSelection {
  /** Only these; all of them when absent. */
  readonly ids?: ReadonlySet<string>;
  /** At most so many, from the oldest on, 1 to 10,000. */
  readonly limit: number;
}

/** Where messages stay that could not be handled, until somebody replays or removes them. Nothing expires. */
export interface DeadLetters {
  /** Lists from the oldest on. Two who list at once may each see a part. @throws ErrQueueUnavailable */
  list(selection: DeadLetterSelection, signal?: AbortSignal): Promise<readonly DeadLetter[]>;
  /**
   * Puts messages back into the queue as if they were new, and answers how many. One that cannot be put
   * there stays a dead letter; a crash in between leaves it in both places, never in none.
   * @throws ErrQueueUnavailable
   */
  replay(selection: DeadLetterSelection, signal?: AbortSignal): Promise<number>;
  /** Removes messages for good, and answers how many. @throws ErrQueueUnavailable */
  discard(selection: DeadLetterSelection, signal?: AbortSignal): Promise<number>;
}

export const BODY_START_BYTES = 4096;

const MAX_LIMIT = 10_000;

/** @throws RangeError for a limit that is not allowed */
export function checkLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return;
  throw new RangeError(`limit: ${limit} is not allowed; allowed are whole numbers from 1 to ${MAX_LIMIT}`);
}

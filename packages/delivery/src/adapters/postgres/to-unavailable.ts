import { ErrQueueUnavailable } from '../../queue/errors.ts';

/** What a failure of the database means to those who use the queue. */
export function toUnavailable(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  const message = error instanceof Error ? error.message : String(error);
  return new ErrQueueUnavailable(`the queue in the database does not answer: ${message}`, { cause: error });
}

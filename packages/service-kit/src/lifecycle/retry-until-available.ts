import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../log/index.ts';
import { createAvailability } from './availability.ts';
import type { Availability } from './availability.ts';
import { backoffDelaysMs } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';

export interface RetryOptions<T> extends BackoffOptions {
  /** What is waited for, in the log: `database`. */
  readonly name: string;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  /** Errors that time will not heal are thrown at once. By default all are tried again. */
  readonly isTemporary?: (error: unknown) => boolean;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Shared with others who see the same thing come and go; by default one of its own. */
  readonly availability?: Availability;
}

/**
 * Tries until it works, with backoff. The log has one line for each change of state, not for each try.
 * @throws the reason of `signal` when that is aborted, and errors that are not temporary.
 */
export async function retryUntilAvailable<T>(options: RetryOptions<T>): Promise<T> {
  const { name, attempt, signal, logger, isTemporary = () => true } = options;
  const availability = options.availability ?? createAvailability(name, logger);
  for (const delayMs of backoffDelaysMs(options)) {
    signal.throwIfAborted();
    try {
      const result = await attempt(signal);
      availability.markUp();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!isTemporary(error)) throw error;
      availability.markDown(error);
    }
    await setTimeout(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  throw new Error('unreachable: the delays never end');
}

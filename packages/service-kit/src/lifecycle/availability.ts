import type { Logger } from '../log/index.ts';

/** Whether something that this process needs answers; each change of that is one line in the log. */
export interface Availability {
  readonly isUp: () => boolean;
  readonly markUp: () => void;
  readonly markDown: (error: unknown) => void;
}

/** It begins as up: that it answers at the first try is no news. */
export function createAvailability(name: string, logger: Logger): Availability {
  let isUp = true;
  let lastReason = '';
  let downSinceMs = 0;
  return {
    isUp: () => isUp,
    markUp: () => {
      if (!isUp) {
        const seconds = ((performance.now() - downSinceMs) / 1000).toFixed(1);
        logger.info(`${name}: available again after ${seconds} s`);
      }
      isUp = true;
      lastReason = '';
    },
    markDown: (error) => {
      const reason = describe(error);
      if (isUp) downSinceMs = performance.now();
      // "Connection refused" that becomes "it starts up" is a change of state as well.
      if (isUp || reason !== lastReason) logger.warn(`${name}: not available, waiting for it: ${reason}`);
      isUp = false;
      lastReason = reason;
    },
  };
}

/** An error about several addresses (`localhost` as ::1 and 127.0.0.1) has no message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}

import { ErrQueueUnavailable } from '@daywatch/delivery';
import { createAvailability } from '@daywatch/service-kit/lifecycle';
import type { Logger } from '@daywatch/service-kit/log';
import { DatabaseUnavailableError } from '@daywatch/service-kit/postgres';

/** Tells the log when work cannot be done and when it can again: one line per change, not one per attempt. */
export interface Trouble {
  readonly is: (error: unknown) => void;
  readonly isOver: () => void;
}

export function createTrouble(work: string, logger: Logger): Trouble {
  const availability = createAvailability(work, logger);
  return {
    is(error) {
      // The database and the queue have lines of their own for it.
      const isOutage = error instanceof DatabaseUnavailableError || error instanceof ErrQueueUnavailable;
      if (!isOutage) availability.markDown(error);
    },
    isOver: availability.markUp,
  };
}

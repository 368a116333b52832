import type { ReminderKey } from './reminder.ts';

/** Gives reminders that have failed another life, before their messages are put back into the queue. */
export interface ReminderRevival {
  /**
   * What is `failed` becomes `published`, with no attempts made, where its occurrence is still there and has the time
   * that it reminds of. @returns how many.
   */
  revive(keys: readonly ReminderKey[], signal?: AbortSignal): Promise<number>;
}

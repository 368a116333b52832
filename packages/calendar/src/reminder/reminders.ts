import type { ReminderLog } from './reminder-log.ts';
import type { ReminderQueue } from './reminder-queue.ts';
import type { ReminderSending } from './sending.ts';

/** The ports of reminders on one store; its event store writes them with the events. */
export interface Reminders {
  readonly queue: ReminderQueue;
  readonly sending: ReminderSending;
  readonly log: ReminderLog;
}

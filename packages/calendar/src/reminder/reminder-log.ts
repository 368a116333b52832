import type { EventId, UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import type { Reminder, ReminderKey, ReminderStatus } from './reminder.ts';

/** Which reminders a listing wants. */
export interface ReminderQuery {
  readonly owner: UserId;
  /** One event's, also a deleted one's; or those of all events. */
  readonly eventId: EventId | undefined;
  /** Due at or after this. */
  readonly from: Instant;
  /** Due before this. */
  readonly to: Instant;
  readonly status: ReminderStatus | undefined;
  /** Only what comes after this place in the order. */
  readonly after: ReminderPosition | undefined;
  readonly limit: number;
}

/** A place in the order of listings: by due time, then by key. */
export interface ReminderPosition {
  readonly dueAt: Instant;
  readonly key: ReminderKey;
}

/** Tells owners what became of their reminders. */
export interface ReminderLog {
  /** In the order of ReminderPosition. */
  list(query: ReminderQuery, signal?: AbortSignal): Promise<readonly Reminder[]>;
}

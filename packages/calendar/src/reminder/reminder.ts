import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId, UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import type { TimeZoneId } from '../time/time-zone.ts';

/**
 * Names one reminder of one occurrence. An occurrence that gets another time gets other reminders: their
 * version is one higher, so that somebody who was reminded of the old time is reminded of the new one.
 */
export interface ReminderKey {
  readonly calendarId: CalendarId;
  readonly eventId: EventId;
  /** As in OccurrenceSpan. */
  readonly recurrenceId: Instant;
  /** The `notify_before` that it comes from, canonical: `PT15M`. */
  readonly before: string;
  /** Counts the times that the occurrence was given, from 0. */
  readonly version: number;
}

/**
 * The life of a reminder. What changes or removes the occurrence cancels it, whatever the status is, but what
 * was delivered stays so.
 *
 * ```
 *  pending --> published --> sending --> sent
 *   ^ |  |         |          |  +----> failed       (refused, or attempts exhausted)
 *   +-|--|---------+----------+                      (postponed: its receiver has no time; retried: it has failed)
 *     |  +--> failed                                 (it could not be made a message)
 *     +--> expired                                   (the occurrence was over before it could be published)
 *  pending, published, sending --> cancelled
 * ```
 *
 * A sender may find a reminder that is still `pending`: the scheduler was killed between publishing and
 * recording it. It goes on to `sending` from there. What is postponed or retried waits with the scheduler and
 * not in the queue, so that it takes no place there.
 */
export const REMINDER_STATUSES = [
  'pending',
  'published',
  'sending',
  'sent',
  'expired',
  'failed',
  'cancelled',
] as const;

export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

/** What a reminder tells, as it is when it is due. */
export interface ReminderContent {
  readonly user: UserId;
  readonly title: string;
  /** When the occurrence starts. */
  readonly start: Instant;
  readonly isAllDay: boolean;
  readonly timeZone: TimeZoneId;
  readonly dueAt: Instant;
}

/** A reminder and what became of it, as listings show it. */
export interface Reminder extends ReminderContent {
  readonly key: ReminderKey;
  readonly status: ReminderStatus;
  /** Whether it was delivered late: see isLate. */
  readonly late: boolean;
  /** How often sending it was begun. */
  readonly attempts: number;
  /** What went wrong last. */
  readonly error: string | null;
  /** What it was, or is being, sent through: `stdout`, `webhook`. */
  readonly channel: string | null;
  readonly sentAt: Instant | null;
}

/** A reminder that is delivered more than a minute after it was due is late. */
export function isLate(dueAt: Instant, deliveredAt: Instant): boolean {
  return deliveredAt - dueAt > LATE_AFTER_MS;
}

const LATE_AFTER_MS = 60_000;

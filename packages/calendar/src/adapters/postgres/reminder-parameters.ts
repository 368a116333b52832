import { encodeTimestamp, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import type { EventId } from '../../event/event.ts';
import { toInstant } from '../../time/instant.ts';
import type { ReminderKey } from '../../reminder/reminder.ts';

/** The columns of the primary key of calendar.notifications. */
export interface ReminderKeyRow {
  readonly calendar_id: string;
  readonly event_id: string;
  readonly recurrence_id: number;
  readonly notify_before: string;
  readonly version: number;
}

export function toReminderKey(row: ReminderKeyRow): ReminderKey {
  return {
    calendarId: row.calendar_id as CalendarId,
    eventId: row.event_id as EventId,
    recurrenceId: toInstant(row.recurrence_id),
    before: row.notify_before,
    version: row.version,
  };
}

/** Keys as the arrays $1 to $5 of REMINDER_KEYS. */
export function keyParameters(keys: readonly ReminderKey[]): readonly SqlParameter[] {
  return [
    keys.map(({ calendarId }) => calendarId),
    keys.map(({ eventId }) => eventId),
    keys.map(({ recurrenceId }) => encodeTimestamp(recurrenceId)),
    keys.map(({ before }) => before),
    keys.map(({ version }) => version),
  ];
}

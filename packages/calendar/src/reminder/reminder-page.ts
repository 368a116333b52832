import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId } from '../event/event.ts';
import { isInstantText, openToken, sealToken } from '../occurrence/page.ts';
import { toInstant } from '../time/instant.ts';
import { isUuid } from '../uuid.ts';
import type { ReminderPosition } from './reminder-log.ts';

/** The token of the page after the position, bound to the query. */
export function formatPageOf({ dueAt, key }: ReminderPosition, query: string): string {
  const { calendarId, eventId, recurrenceId, before, version } = key;
  return sealToken([dueAt, calendarId, eventId, recurrenceId, before, version], query);
}

/**
 * Reads the token of a page; nothing is the first page.
 * @throws RangeError where it is no token, or belongs to another query.
 */
export function parsePageOf(token: string | undefined, query: string): ReminderPosition | undefined {
  if (token === undefined || token === '') return undefined;
  const [dueAt, calendarId, eventId, recurrenceId, before = '', version] = openToken(token, query, isPlace);
  return {
    dueAt: toInstant(Number(dueAt)),
    key: {
      calendarId: calendarId as CalendarId,
      eventId: eventId as EventId,
      recurrenceId: toInstant(Number(recurrenceId)),
      before,
      version: Number(version),
    },
  };
}

function isPlace(parts: readonly string[]): boolean {
  const [dueAt = '', calendarId = '', eventId = '', recurrenceId = '', before = '', version = ''] = parts;
  return (
    isInstantText(dueAt) &&
    isUuid(calendarId) &&
    isUuid(eventId) &&
    isInstantText(recurrenceId) &&
    /^[PTWDHMS\d]{1,40}$/.test(before) &&
    /^\d{1,9}$/.test(version)
  );
}

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { PLAIN_UNTIL, type LockedCalendarRow } from './lock-calendar-to-write.ts';

/**
 * Locks the calendar of an owner's event against other writers, until the transaction ends. What the
 * calendar holds must be read after this, by another statement: this one's snapshot is from before the wait.
 */
export const lockCalendarOfEvent: SqlStatement<LockedCalendarRow> = {
  name: 'calendar.lock_calendar_of_event',
  text: `
    SELECT c.calendar_id, ${PLAIN_UNTIL} FROM calendar.calendars c
    WHERE c.calendar_id = (SELECT e.calendar_id FROM calendar.events e WHERE e.event_id = $1 AND e.owner = $2)
    FOR NO KEY UPDATE`,
};

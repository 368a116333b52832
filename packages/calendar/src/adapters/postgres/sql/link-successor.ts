import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Links the event $4, which went on from $2, with the half $3 that has come between them in the calendar $1, and
 * gives it the revision of that write. Runs under the calendar's lock, after addSuccessor.
 */
export const linkSuccessor: SqlStatement = {
  name: 'calendar.link_successor',
  text: `
    UPDATE calendar.events e SET continues = $3, revision = c.revision
    FROM calendar.calendars c
    WHERE e.calendar_id = $1 AND e.event_id = $4 AND e.continues = $2 AND c.calendar_id = e.calendar_id`,
};

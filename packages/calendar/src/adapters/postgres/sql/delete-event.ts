import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Deletes an event with its occurrences, under the calendar's lock, and leaves a tombstone. */
export const deleteEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.delete_event',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars SET revision = revision + 1 WHERE calendar_id = $1 RETURNING revision
    ), event AS (
      DELETE FROM calendar.events WHERE calendar_id = $1 AND event_id = $2 RETURNING event_id, uid
    )
    INSERT INTO calendar.tombstones (calendar_id, revision, event_id, uid)
    SELECT $1, calendar.revision, event.event_id, event.uid FROM calendar, event
    RETURNING revision`,
};

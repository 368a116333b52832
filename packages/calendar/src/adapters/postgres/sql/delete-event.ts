import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Deletes an event with its occurrences, under the calendar's lock, and leaves a tombstone. Where it was a part of a
 * divided series, the parts around it are linked with each other.
 */
export const deleteEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.delete_event',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars SET revision = revision + 1 WHERE calendar_id = $1 RETURNING revision
    ), event AS (
      DELETE FROM calendar.events WHERE calendar_id = $1 AND event_id = $2 
      RETURNING event_id, uid, continues, continued_by
    ), neighbour AS (
      UPDATE calendar.events e
      SET continued_by = CASE WHEN e.event_id = event.continues THEN event.continued_by ELSE e.continued_by END,
          continues = CASE WHEN e.event_id = event.continued_by THEN event.continues ELSE e.continues END,
          revision = calendar.revision
      FROM calendar, event
      WHERE e.calendar_id = $1 AND e.event_id IN (event.continues, event.continued_by)
        AND event.event_id IN (e.continued_by, e.continues)
    )
    INSERT INTO calendar.tombstones (calendar_id, revision, event_id, uid)
    SELECT $1, calendar.revision, event.event_id, event.uid FROM calendar, event
    RETURNING revision`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Removes what an update of an event does not keep: calendar, id, busy, and the arrays of recurrence
 * ids, starts and ends that it is going to have. It is a statement of its own because the new
 * occurrences could collide with the old ones.
 */
export const removeStaleOccurrences: SqlStatement = {
  name: 'calendar.remove_stale_occurrences',
  text: `
    DELETE FROM calendar.occurrences
    WHERE calendar_id = $1 AND event_id = $2
      AND (busy <> $3 OR (recurrence_id, starts_at, ends_at) NOT IN (
        SELECT * FROM unnest($4::timestamptz[], $5::timestamptz[], $6::timestamptz[])))`,
};

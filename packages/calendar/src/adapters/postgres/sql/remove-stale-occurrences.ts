import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Removes what an update of an event does not keep: calendar, id, the event's busy, and the arrays of
 * recurrence ids, starts, ends and busy (null: as the event's) that it is going to have. It is a statement of
 * its own because the new occurrences could collide with the old ones.
 */
export const removeStaleOccurrences: SqlStatement = {
  name: 'calendar.remove_stale_occurrences',
  text: `
    DELETE FROM calendar.occurrences
    WHERE calendar_id = $1 AND event_id = $2
      AND (recurrence_id, starts_at, ends_at, busy) NOT IN (
        SELECT o.recurrence_id, o.starts_at, o.ends_at, COALESCE(o.busy, $3)
        FROM unnest($4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::boolean[])
          AS o (recurrence_id, starts_at, ends_at, busy))`,
};

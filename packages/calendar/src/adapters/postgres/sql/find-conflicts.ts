import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScheduleColumns } from '../event-row.ts';

/** The event's own columns, and the instants of its occurrence. */
export interface ConflictRow extends ScheduleColumns {
  readonly event_id: string;
  readonly time_zone: string;
  readonly recurrence_id: number;
}

/**
 * Busy occurrences of other events that overlap any of the given spans: calendar, the event that asks,
 * arrays of starts and ends, and how many to answer.
 */
export const findConflicts: SqlStatement<ConflictRow> = {
  name: 'calendar.find_conflicts',
  text: `
    SELECT o.event_id, o.recurrence_id, o.starts_at, o.ends_at, e.all_day, e.time_zone, e.starts_local, e.ends_local
    FROM (
      SELECT DISTINCT other.event_id, other.recurrence_id, other.starts_at, other.ends_at
      FROM unnest($3::timestamptz[], $4::timestamptz[]) AS span (starts_at, ends_at)
      JOIN calendar.occurrences other
        ON other.calendar_id = $1
        AND tstzrange(other.starts_at, other.ends_at) && tstzrange(span.starts_at, span.ends_at)
        AND other.busy AND NOT other.exempt
      WHERE other.event_id <> $2
      ORDER BY other.starts_at, other.event_id, other.recurrence_id
      LIMIT $5
    ) o
    JOIN calendar.events e ON e.calendar_id = $1 AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id`,
};

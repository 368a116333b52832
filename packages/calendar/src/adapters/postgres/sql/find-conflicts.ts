import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScheduleColumns } from '../event-row.ts';
import type { OverrideJson } from '../override-json.ts';

/** The event's own columns, and the instants of its occurrence. */
export interface ConflictRow extends ScheduleColumns {
  readonly event_id: string;
  readonly time_zone: string;
  readonly recurrence_id: number;
  readonly override: OverrideJson | null;
}

/** What is selected of an occurrence `o` that is in the way, and of its event `e`. */
export const CONFLICT_COLUMNS = `o.event_id, o.recurrence_id, o.starts_at, o.ends_at, o.override,
           e.all_day, e.time_zone, e.starts_local, e.ends_local`;

/**
 * Busy occurrences of other events that overlap any of the given spans: calendar, the events that ask,
 * arrays of starts and ends, and how many to answer. Those that the constraint does not see are few.
 */
export const findConflicts: SqlStatement<ConflictRow> = {
  name: 'calendar.find_conflicts',
  text: `
    SELECT ${CONFLICT_COLUMNS}
    FROM (
      SELECT DISTINCT ON (o.starts_at, o.event_id, o.recurrence_id) o.*
      FROM unnest($3::timestamptz[], $4::timestamptz[]) AS span (starts_at, ends_at)
      CROSS JOIN LATERAL (
        SELECT other.event_id, other.recurrence_id, other.starts_at, other.ends_at, other.override
        FROM calendar.occurrences other
        WHERE other.calendar_id = $1
          AND tstzrange(other.starts_at, other.ends_at) && tstzrange(span.starts_at, span.ends_at)
          AND other.busy AND NOT other.exempt
        UNION ALL
        SELECT other.event_id, other.recurrence_id, other.starts_at, other.ends_at, other.override
        FROM calendar.occurrences other
        WHERE other.calendar_id = $1 AND other.starts_at < span.ends_at AND other.ends_at > span.starts_at
          AND other.busy AND other.exempt
      ) o
      WHERE o.event_id <> ALL ($2::uuid[])
      ORDER BY o.starts_at, o.event_id, o.recurrence_id
      LIMIT $5
    ) o
    JOIN calendar.events e ON e.calendar_id = $1 AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id`,
};

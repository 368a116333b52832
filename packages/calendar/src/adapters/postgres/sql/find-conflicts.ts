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
 * The busy occurrences of $1 that meet any of the spans that two arrays of starts and ends make. All spans
 * are one multirange, so that the index is read once, however many there are. Those that the constraint does
 * not see are few, and have an index of their own.
 */
export function busyMeeting(starts: string, ends: string): string {
  const spans = `(SELECT range_agg(tstzrange(s, e)) FROM unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) AS span (s, e))`;
  const meeting = (exempt: string): string => `
        SELECT x.event_id, x.recurrence_id, x.starts_at, x.ends_at, x.override
        FROM calendar.occurrences x
        WHERE x.calendar_id = $1 AND x.busy AND ${exempt}
          AND tstzrange(x.starts_at, x.ends_at) && ${spans}`;
  return `(${meeting('NOT x.exempt')}
        UNION ALL${meeting('x.exempt')})`;
}

/**
 * Busy occurrences of other events that overlap any of the given spans: calendar, the events that ask,
 * arrays of starts and ends, and how many to answer.
 */
export const findConflicts: SqlStatement<ConflictRow> = {
  name: 'calendar.find_conflicts',
  text: `
    SELECT ${CONFLICT_COLUMNS}
    FROM (
      SELECT o.* FROM ${busyMeeting('$3', '$4')} o
      WHERE o.event_id <> ALL ($2::uuid[])
      ORDER BY o.starts_at, o.event_id, o.recurrence_id
      LIMIT $5
    ) o
    JOIN calendar.events e ON e.calendar_id = $1 AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id`,
};

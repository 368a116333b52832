import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Adds rows to a series and moves its horizon: calendar, event, horizon (null: all of it is rows now), the arrays of starts that
 * name the rows, starts, ends, classes and marks, the event's busy, and the classes, each once. The revision
 * stays: nothing that anybody sees has changed. Runs under the calendar's lock.
 */
export const extendSeries: SqlStatement<{ readonly event_id: string }> = {
  name: 'calendar.extend_series',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars
      SET span_classes = ARRAY(SELECT DISTINCT unnest(span_classes || $10::smallint[]) ORDER BY 1)
      WHERE calendar_id = $1 AND NOT span_classes @> $10::smallint[]
    ), occurrence AS (
      INSERT INTO calendar.occurrences (
        calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, exempt, busy)
      SELECT $1, $2, o.*, $9
      FROM unnest($4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::smallint[], $8::boolean[]) o
    )
    UPDATE calendar.events SET materialised_until = $3 WHERE calendar_id = $1 AND event_id = $2
    RETURNING event_id`,
};

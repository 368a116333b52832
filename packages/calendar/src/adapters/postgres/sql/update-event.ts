import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Replaces an event, and adds the occurrences that are not there yet; the parameters are those of
 * eventParameters. Runs under the calendar's lock, after removeStaleOccurrences.
 */
export const updateEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.update_event',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars
      SET revision = revision + 1,
          span_classes = CASE WHEN span_classes @> $27::smallint[] THEN span_classes
                         ELSE ARRAY(SELECT DISTINCT unnest(span_classes || $27::smallint[]) ORDER BY 1) END
      WHERE calendar_id = $1 AND owner = $3
      RETURNING revision
    ), occurrence AS (
      INSERT INTO calendar.occurrences (
        calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, busy)
      SELECT $1, $2, o.recurrence_id, o.starts_at, o.ends_at, o.span_class, $10
      FROM calendar, unnest($23::timestamptz[], $24::timestamptz[], $25::timestamptz[], $26::smallint[])
        AS o (recurrence_id, starts_at, ends_at, span_class)
      ON CONFLICT (calendar_id, event_id, recurrence_id) DO NOTHING
    )
    UPDATE calendar.events e
    SET uid = $4, sequence = $5, title = $6, description = $7, location = $8, all_day = $9, busy = $10,
        time_zone = $11, starts_local = $12, ends_local = $13, starts_at = $14, ends_at = $15,
        tzdb_version = $16, notify_before = $17, rrule = $18, exdates = $19, rdates = $20,
        created_at = $21, updated_at = $22, revision = calendar.revision
    FROM calendar
    WHERE e.calendar_id = $1 AND e.event_id = $2
    RETURNING e.revision`,
};

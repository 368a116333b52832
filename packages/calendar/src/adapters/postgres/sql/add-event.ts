import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Adds an event and its occurrences in one step; the parameters are those of eventParameters. The
 * calendar's row is locked first, since everything else depends on it. No row: the calendar is not
 * there, or the owner has an event of this id.
 */
export const addEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.add_event',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars
      SET revision = revision + 1,
          span_classes = CASE WHEN span_classes @> $27::smallint[] THEN span_classes
                         ELSE ARRAY(SELECT DISTINCT unnest(span_classes || $27::smallint[]) ORDER BY 1) END
      WHERE calendar_id = $1 AND owner = $3
        AND NOT EXISTS (SELECT FROM calendar.events e WHERE e.event_id = $2 AND e.owner = $3)
      RETURNING revision
    ), event AS (
      INSERT INTO calendar.events (
        calendar_id, event_id, owner, uid, sequence, title, description, location, all_day, busy, time_zone,
        starts_local, ends_local, starts_at, ends_at, tzdb_version, notify_before, rrule, exdates, rdates,
        created_at, updated_at, revision)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
             $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, calendar.revision
      FROM calendar
    ), occurrence AS (
      INSERT INTO calendar.occurrences (
        calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, busy)
      SELECT $1, $2, o.recurrence_id, o.starts_at, o.ends_at, o.span_class, $10
      FROM calendar, unnest($23::timestamptz[], $24::timestamptz[], $25::timestamptz[], $26::smallint[])
        AS o (recurrence_id, starts_at, ends_at, span_class)
    )
    SELECT revision FROM calendar`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { OCCURRENCES } from './planned-occurrences.ts';

/**
 * Adds an event and its occurrences in one step; the parameters are those of eventParameters, and $37: when
 * its last busy occurrence ends. The calendar's row is locked first, since everything else depends on it, and
 * what it says of its time is read under the lock. No row: the calendar is not there, or the owner has
 * an event of this id, or the rows alone do not say what is busy until $37.
 */
export const addEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.add_event',
  text: insert('revision + 1'),
};

/**
 * The same with reminders, of which an event without them pays nothing: $38 to $41 are those of
 * reminderParameters. An id that was used before and deleted goes on with versions of its own.
 */
export const addEventWithReminders: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.add_event_with_reminders',
  text: insert(
    'revision + 1',
    `, reminder AS (
      INSERT INTO calendar.notifications (
        calendar_id, event_id, recurrence_id, notify_before, version, starts_at, due_at, attend_at)
      SELECT $1, $2, r.recurrence_id, r.notify_before, former.version, r.starts_at, r.due_at, r.due_at
      FROM calendar, unnest($38::timestamptz[], $39::timestamptz[], $40::text[], $41::timestamptz[])
        AS r (recurrence_id, starts_at, notify_before, due_at),
        (SELECT COALESCE(max(n.version) + 1, 0) AS version FROM calendar.notifications n
         WHERE n.calendar_id = $1 AND n.event_id = $2) former
    )`,
  ),
};

/** Adds the second half of a series that is split, with the revision that the first half was given. */
export const addSuccessor: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.add_successor',
  text: insert('revision'),
};

function insert(revision: string, reminders = ''): string {
  return `
    WITH calendar AS (
      UPDATE calendar.calendars
      SET revision = ${revision},
          span_classes = CASE WHEN span_classes @> $27::smallint[] THEN span_classes
                         ELSE ARRAY(SELECT DISTINCT unnest(span_classes || $27::smallint[]) ORDER BY 1) END
      WHERE calendar_id = $1 AND owner = $3 AND plain_until >= $37
        AND NOT EXISTS (SELECT FROM calendar.events e WHERE e.event_id = $2 AND e.owner = $3)
      RETURNING revision
    ), event AS (
      INSERT INTO calendar.events (
        calendar_id, event_id, owner, uid, sequence, title, description, location, all_day, busy, time_zone,
        starts_local, ends_local, starts_at, ends_at, tzdb_version, notify_before, rrule, exdates, rdates,
        created_at, updated_at, materialised_until, continues, continued_by, words, materialised_from, revision)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
             $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $31, $32, $33,
             array_to_tsvector($34::text[]), $35, calendar.revision
      FROM calendar
    ), occurrence AS (
      INSERT INTO calendar.occurrences (
        calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, override, words, busy, exempt)
      SELECT $1, $2, o.recurrence_id, o.starts_at, o.ends_at, o.span_class, o.override,
             o.words::tsvector, COALESCE(o.busy, $10), COALESCE(o.exempt, false)
      FROM calendar, ${OCCURRENCES}
    )${reminders}
    SELECT revision FROM calendar`;
}

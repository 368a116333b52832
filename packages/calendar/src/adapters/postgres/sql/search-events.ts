import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { PAST } from '../../../search/event-search.ts';
import type { OccurrenceRow } from './list-occurrences.ts';

export interface FoundRow extends OccurrenceRow {
  readonly place: number;
}

/** The columns of an event that are answered, beside those of its occurrence. */
const EVENT = 'e.title, e.location, e.time_zone, e.all_day, e.starts_local, e.ends_local, e.rrule';

/**
 * The events of the owner $1 in the calendars $2 that have the words $3, each by the next occurrence after $4 that has
 * them, else the last; those that come after the place $5 and the id $6, at most $7. An occurrence with texts of its own
 * has words of its own, however its event was found; an event that is found by such alone has none but those. Which occurrence
 * comes next is read off the primary key, in the order of original starts: one that was moved past another may stand for it.
 */
export const searchEvents: SqlStatement<FoundRow> = {
  name: 'calendar.search_events',
  text: `
    WITH by_event AS MATERIALIZED (
      SELECT e.calendar_id, e.event_id, ${EVENT}
      FROM calendar.events e
      WHERE e.words @@ $3::tsquery AND e.calendar_id = ANY ($2::uuid[]) AND e.owner = $1
    ), by_occurrence AS MATERIALIZED (
      SELECT ${EVENT}, o.*
      FROM calendar.occurrences o
      JOIN calendar.events e ON e.calendar_id = o.calendar_id AND e.event_id = o.event_id AND e.owner = $1
      WHERE o.words @@ $3::tsquery AND o.calendar_id = ANY ($2::uuid[])
    ), nearest AS (
      SELECT ${EVENT}, o.*
      FROM by_event e
      CROSS JOIN LATERAL (
        SELECT o.* FROM (
          (SELECT o.*, 0 AS rank FROM calendar.occurrences o
           WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.ends_at > $4
             AND (o.words IS NULL OR o.words @@ $3::tsquery)
           ORDER BY o.recurrence_id LIMIT 1)
          UNION ALL
          (SELECT o.*, 1 AS rank FROM calendar.occurrences o
           WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id
             AND (o.words IS NULL OR o.words @@ $3::tsquery)
           ORDER BY o.recurrence_id DESC LIMIT 1)
        ) o
        ORDER BY o.rank LIMIT 1
      ) o
      UNION ALL
      (SELECT DISTINCT ON (o.calendar_id, o.event_id) o.*,
              CASE WHEN o.ends_at > $4 THEN 0 ELSE 1 END AS rank
       FROM by_occurrence o
       WHERE (o.calendar_id, o.event_id) NOT IN (SELECT e.calendar_id, e.event_id FROM by_event e)
       ORDER BY o.calendar_id, o.event_id, rank,
                CASE WHEN o.ends_at > $4 THEN o.recurrence_id END, o.recurrence_id DESC)
    ), placed AS (
      SELECT o.*,
             CASE WHEN o.ends_at > $4 THEN GREATEST(0, ${milliseconds('o.starts_at - $4::timestamptz')})
                  ELSE ${PAST}::bigint + ${milliseconds('$4::timestamptz - o.starts_at')} END AS place
      FROM nearest o
    )
    SELECT p.calendar_id, p.event_id, p.recurrence_id, p.starts_at, p.ends_at, p.busy, p.title, p.location,
           p.time_zone, p.all_day, p.starts_local, p.ends_local, p.rrule IS NOT NULL AS recurring, p.override,
           NULL::jsonb AS series, p.place
    FROM placed p
    WHERE (p.place, p.event_id) > ($5::bigint, $6::uuid)
    ORDER BY p.place, p.event_id
    LIMIT $7`,
};

function milliseconds(interval: string): string {
  return `(extract(epoch FROM ${interval}) * 1000)::bigint`;
}

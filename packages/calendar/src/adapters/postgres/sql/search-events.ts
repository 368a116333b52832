import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { PAST } from '../../../search/event-search.ts';
import type { OccurrenceRow } from './list-occurrences.ts';

export interface FoundRow extends OccurrenceRow {
  readonly place: number;
}

/**
 * The events of the owner $1 in the calendars $2 whose words match $3, each by its next occurrence after $4, else its
 * last; those that come after the place $5 and the id $6, at most $7. Which occurrence comes next is read off the primary
 * key, in the order of original starts: one that was moved past another may stand for it.
 */
export const searchEvents: SqlStatement<FoundRow> = {
  name: 'calendar.search_events',
  text: `
    WITH found AS MATERIALIZED (
      SELECT e.calendar_id, e.event_id, e.title, e.location, e.time_zone, e.all_day, e.starts_local, e.ends_local,
             e.rrule
      FROM calendar.events e
      WHERE e.words @@ $3::tsquery AND e.calendar_id = ANY ($2::uuid[]) AND e.owner = $1
    ), placed AS (
      SELECT f.*, o.recurrence_id, o.starts_at, o.ends_at, o.busy, o.override,
             CASE WHEN o.ends_at > $4 THEN GREATEST(0, ${milliseconds('o.starts_at - $4::timestamptz')})
                  ELSE ${PAST}::bigint + ${milliseconds('$4::timestamptz - o.starts_at')} END AS place
      FROM found f
      CROSS JOIN LATERAL (
        SELECT o.* FROM (
          (SELECT o.*, 0 AS rank FROM calendar.occurrences o
           WHERE o.calendar_id = f.calendar_id AND o.event_id = f.event_id AND o.ends_at > $4
           ORDER BY o.recurrence_id LIMIT 1)
          UNION ALL
          (SELECT o.*, 1 AS rank FROM calendar.occurrences o
           WHERE o.calendar_id = f.calendar_id AND o.event_id = f.event_id
           ORDER BY o.recurrence_id DESC LIMIT 1)
        ) o
        ORDER BY o.rank LIMIT 1
      ) o
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

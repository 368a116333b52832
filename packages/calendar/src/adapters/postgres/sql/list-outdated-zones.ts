import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { EventKeyRow } from './list-due-series.ts';

/**
 * Events that are not over at $4 and were computed with another time-zone database than $3, after the event
 * ($1, $2), in order of their keys, at most $5. It is asked once for each change of the database, and reads the
 * events from end to end.
 */
export const listOutdatedZones: SqlStatement<EventKeyRow> = {
  name: 'calendar.list_outdated_zones',
  text: `
    SELECT e.calendar_id, e.event_id
    FROM calendar.events e
    WHERE (e.calendar_id, e.event_id) > ($1, $2) AND e.tzdb_version <> $3
      AND (e.materialised_until IS NOT NULL OR EXISTS (
        SELECT FROM calendar.occurrences o
        WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.ends_at > $4))
    ORDER BY e.calendar_id, e.event_id
    LIMIT $5`,
};

/** Says that an event's instants are those of the time-zone database $3. */
export const confirmZone: SqlStatement = {
  name: 'calendar.confirm_zone',
  text: `UPDATE calendar.events SET tzdb_version = $3 WHERE calendar_id = $1 AND event_id = $2`,
};

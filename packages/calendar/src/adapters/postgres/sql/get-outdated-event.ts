import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { EVENT_COLUMNS, type EventRow } from '../event-row.ts';

/** An event by its key, unless it was computed with the time-zone database $3. */
export const getOutdatedEvent: SqlStatement<EventRow> = {
  name: 'calendar.get_outdated_event',
  text: `
    SELECT ${EVENT_COLUMNS} FROM calendar.events e
    WHERE e.calendar_id = $1 AND e.event_id = $2 AND e.tzdb_version <> $3`,
};

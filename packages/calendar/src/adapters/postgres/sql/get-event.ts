import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { EVENT_COLUMNS, type EventRow } from '../event-row.ts';

/** An owner's event by its id. */
export const getEvent: SqlStatement<EventRow> = {
  name: 'calendar.get_event',
  isQuickRead: true,
  text: `SELECT ${EVENT_COLUMNS} FROM calendar.events e WHERE e.event_id = $1 AND e.owner = $2`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { OverrideJson } from '../override-json.ts';

/** A row of one event. */
export interface EventOccurrenceRow {
  readonly recurrence_id: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly busy: boolean;
  readonly exempt: boolean;
  readonly override: OverrideJson | null;
}

const COLUMNS = 'o.recurrence_id, o.starts_at, o.ends_at, o.busy, o.exempt, o.override';

/** All rows of an event, in order. */
export const listRowsOfEvent: SqlStatement<EventOccurrenceRow> = {
  name: 'calendar.list_rows_of_event',
  text: `
    SELECT ${COLUMNS} FROM calendar.occurrences o WHERE o.calendar_id = $1 AND o.event_id = $2
    ORDER BY o.recurrence_id`,
};

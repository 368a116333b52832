import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { EVENT_COLUMNS, type EventRow } from '../event-row.ts';
import type { OverrideJson } from '../override-json.ts';

/** An event, with the row of one occurrence where it has one. */
export interface StoredOccurrenceRow extends EventRow {
  readonly override: OverrideJson | null;
  readonly occurrence_starts_at: number | null;
  readonly occurrence_ends_at: number | null;
}

/** An owner's event, with what was changed of one occurrence: event, owner, recurrence id. */
export const getOccurrence: SqlStatement<StoredOccurrenceRow> = {
  name: 'calendar.get_occurrence',
  isQuickRead: true,
  text: `
    SELECT ${EVENT_COLUMNS}, o.override, o.starts_at AS occurrence_starts_at, o.ends_at AS occurrence_ends_at
    FROM calendar.events e
    LEFT JOIN calendar.occurrences o
      ON o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.recurrence_id = $3
    WHERE e.event_id = $1 AND e.owner = $2`,
};

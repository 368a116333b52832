import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CONFLICT_COLUMNS, type ConflictRow } from './find-conflicts.ts';

/** What an owner's event clashes with, by start: owner, event, and how many to answer. */
export const listEventConflicts: SqlStatement<ConflictRow> = {
  name: 'calendar.list_event_conflicts',
  text: `
    SELECT DISTINCT ON (o.starts_at, o.event_id, o.recurrence_id) ${CONFLICT_COLUMNS}
    FROM calendar.events mine
    JOIN calendar.occurrences marked
      ON marked.calendar_id = mine.calendar_id AND marked.event_id = mine.event_id AND marked.exempt
    JOIN calendar.occurrences o
      ON o.calendar_id = mine.calendar_id
      AND tstzrange(o.starts_at, o.ends_at) && tstzrange(marked.starts_at, marked.ends_at)
      AND o.busy AND (o.event_id, o.recurrence_id) <> (marked.event_id, marked.recurrence_id)
    JOIN calendar.events e ON e.calendar_id = o.calendar_id AND e.event_id = o.event_id
    WHERE mine.event_id = $2 AND mine.owner = $1
    ORDER BY o.starts_at, o.event_id, o.recurrence_id
    LIMIT $3`,
};

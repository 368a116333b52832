import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CONFLICT_COLUMNS, type ConflictRow } from './find-conflicts.ts';
import { overlapping } from './overlapping.ts';

/**
 * A page of the busy rows that a new endless series is compared with beyond its own. The parameters are those
 * of listings, with the period open at its end; $9 are the events that ask.
 */
export const listBusyAhead: SqlStatement<ConflictRow> = {
  name: 'calendar.list_busy_ahead',
  text: `
    SELECT ${CONFLICT_COLUMNS}
    FROM (
      SELECT o.* FROM ${overlapping('one', {
        condition: 'o.busy AND o.event_id <> ALL ($9::uuid[])',
        order: 'ORDER BY o.starts_at, o.event_id, o.recurrence_id LIMIT $8',
      })}
      ORDER BY o.starts_at, o.event_id, o.recurrence_id
      LIMIT $8
    ) o
    JOIN calendar.events e ON e.calendar_id = o.calendar_id AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScheduleColumns } from '../event-row.ts';
import { overlapping, type CalendarScope } from './overlapping.ts';

export interface OccurrenceRow extends ScheduleColumns {
  readonly calendar_id: string;
  readonly event_id: string;
  readonly recurrence_id: number;
  readonly title: string;
  readonly location: string;
  readonly time_zone: string;
  readonly busy: boolean;
}

/** A page of what overlaps a period, in one calendar of the owner or in all of them. */
export const listOccurrences: Record<CalendarScope, SqlStatement<OccurrenceRow>> = {
  one: { name: 'calendar.list_occurrences', isQuickRead: true, text: page('one') },
  all: { name: 'calendar.list_occurrences_of_owner', isQuickRead: true, text: page('all') },
};

function page(scope: CalendarScope): string {
  return `
    SELECT o.calendar_id, o.event_id, o.recurrence_id, o.starts_at, o.ends_at, o.busy,
           e.title, e.location, e.time_zone, e.all_day, e.starts_local, e.ends_local
    FROM (
      SELECT o.* FROM ${overlapping(scope, {
        condition: 'true',
        order: 'ORDER BY o.starts_at, o.event_id, o.recurrence_id LIMIT $8',
      })}
      ORDER BY o.starts_at, o.event_id, o.recurrence_id
      LIMIT $8
    ) o
    JOIN calendar.events e ON e.calendar_id = o.calendar_id AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id`;
}

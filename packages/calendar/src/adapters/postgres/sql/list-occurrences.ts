import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { OverrideJson } from '../override-json.ts';
import { SERIES_JSON, type SeriesColumns, type SeriesJson } from '../series-json.ts';
import { overlapping, type CalendarScope } from './overlapping.ts';

/** A row of the page, or, where `series` is there, a series that goes on beyond its rows. */
export interface OccurrenceRow extends SeriesColumns {
  readonly recurrence_id: number;
  readonly recurring: boolean;
  readonly override: OverrideJson | null;
  readonly series: SeriesJson | null;
}

/**
 * A page of what overlaps a period, in one calendar of the owner or in all of them, and the series that have
 * no rows up to the end of the period. Both come from one snapshot: a horizon that moves between two
 * statements would lose occurrences or double them.
 */
export const listOccurrences: Record<CalendarScope, SqlStatement<OccurrenceRow>> = {
  one: { name: 'calendar.list_occurrences', isQuickRead: true, text: page('one') },
  all: { name: 'calendar.list_occurrences_of_owner', isQuickRead: true, text: page('all') },
};

function page(scope: CalendarScope): string {
  return `
    (SELECT o.calendar_id, o.event_id, o.recurrence_id, o.starts_at, o.ends_at, o.busy,
           e.title, e.location, e.time_zone, e.all_day, e.starts_local, e.ends_local,
           e.rrule IS NOT NULL AS recurring, o.override, NULL::jsonb AS series
    FROM (
      SELECT o.* FROM ${overlapping(scope, {
        condition: 'true',
        order: 'ORDER BY o.starts_at, o.event_id, o.recurrence_id LIMIT $8',
      })}
      ORDER BY o.starts_at, o.event_id, o.recurrence_id
      LIMIT $8
    ) o
    JOIN calendar.events e ON e.calendar_id = o.calendar_id AND e.event_id = o.event_id
    ORDER BY o.starts_at, o.event_id, o.recurrence_id)
    UNION ALL
    (SELECT e.calendar_id, e.event_id, e.starts_at, e.starts_at, e.ends_at, e.busy,
           e.title, e.location, e.time_zone, e.all_day, e.starts_local, e.ends_local,
           true, NULL, ${SERIES_JSON}
    FROM ${endlessBefore(scope)})`;
}

/** The FROM clause of the series `e` of $1's calendars whose rows end before $4. */
export function endlessBefore(scope: CalendarScope): string {
  const calendar = scope === 'one' ? 'c.calendar_id = $2' : '$2::uuid IS NULL';
  return `calendar.calendars c
    JOIN calendar.events e ON e.calendar_id = c.calendar_id AND e.materialised_until < $4
    WHERE c.owner = $1 AND ${calendar} AND c.plain_until < $4`;
}

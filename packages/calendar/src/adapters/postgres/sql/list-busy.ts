import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { SERIES_JSON, type SeriesColumns, type SeriesJson } from '../series-json.ts';
import { endlessBefore } from './list-occurrences.ts';
import { overlapping, type CalendarScope } from './overlapping.ts';

/** A busy interval, or, where `series` is there, a busy series that goes on beyond its rows. */
export interface BusyRow extends SeriesColumns {
  readonly series: SeriesJson | null;
}

/**
 * What is busy in a period, merged and cut to it, in one calendar of the owner or in all of them, and the
 * busy series that have no rows up to the end of the period; from one snapshot, as in listOccurrences.
 */
export const listBusy: Record<CalendarScope, SqlStatement<BusyRow>> = {
  one: { name: 'calendar.list_busy', text: merged('one') },
  all: { name: 'calendar.list_busy_of_owner', text: merged('all') },
};

function merged(scope: CalendarScope): string {
  return `
    SELECT NULL::uuid AS calendar_id, NULL::uuid AS event_id, lower(busy) AS starts_at, upper(busy) AS ends_at,
           true AS busy, NULL AS title, NULL AS location, NULL AS time_zone, false AS all_day,
           NULL::timestamp AS starts_local, NULL::timestamp AS ends_local, NULL::jsonb AS series
    FROM (
      SELECT unnest(range_agg(tstzrange(o.starts_at, o.ends_at)) * tstzmultirange(tstzrange($3, $4))) AS busy
      FROM ${overlapping(scope, { condition: 'o.busy', order: 'OFFSET 0' })}
    ) merged
    UNION ALL
    (SELECT e.calendar_id, e.event_id, e.starts_at, e.ends_at,
           e.busy, e.title, e.location, e.time_zone, e.all_day,
           e.starts_local, e.ends_local, ${SERIES_JSON}
    FROM ${endlessBefore(scope)} AND e.busy)`;
}

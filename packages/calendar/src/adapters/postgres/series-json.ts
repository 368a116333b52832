import type { CalendarId } from '../../calendar/calendar.ts';
import type { EventId } from '../../event/event.ts';
import type { ListedSeries } from '../../occurrence/list-beyond-rows.ts';
import { toInstant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { toSchedule, type ScheduleColumns } from './event-row.ts';

/** What an endless series is beyond its rows, as one value; instants in milliseconds. */
export interface SeriesJson {
  readonly rrule: string;
  readonly exdates: readonly WallTime[];
  readonly rdates: readonly WallTime[];
  readonly until: number;
  readonly overridden: readonly number[];
}

/**
 * SeriesJson of the event `e`. Dates of all-day events are named by midnight UTC, which may lie a day or so
 * from where they begin: a few more overridden ones do no harm.
 */
export const SERIES_JSON = `jsonb_build_object(
        'rrule', e.rrule, 'exdates', e.exdates, 'rdates', e.rdates,
        'until', (extract(epoch FROM e.materialised_until) * 1000)::bigint,
        'overridden', COALESCE((
          SELECT jsonb_agg((extract(epoch FROM x.recurrence_id) * 1000)::bigint)
          FROM calendar.occurrences x
          WHERE x.calendar_id = e.calendar_id AND x.event_id = e.event_id AND x.override IS NOT NULL
            AND x.recurrence_id >= e.materialised_until - interval '2 days'), '[]'))`;

/** The event's columns that go with it; starts and ends are those of its first occurrence. */
export interface SeriesColumns extends ScheduleColumns {
  readonly calendar_id: string;
  readonly event_id: string;
  readonly title: string;
  readonly location: string;
  readonly time_zone: string;
  readonly busy: boolean;
}

export function toListedSeries(row: SeriesColumns, json: SeriesJson): ListedSeries {
  const { rrule, exdates, rdates, until, overridden } = json;
  return {
    event: {
      id: row.event_id as EventId,
      calendarId: row.calendar_id as CalendarId,
      title: row.title,
      location: row.location,
      timeZone: row.time_zone as TimeZoneId,
      busy: row.busy,
      schedule: toSchedule(row),
      recurrence: { rrule, exdates, rdates },
    },
    materialisedUntil: toInstant(until),
    overridden: new Set(overridden.map(toInstant)),
  };
}

import { encodeTimestamp, type Postgres, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import type { EventId } from '../../event/event.ts';
import type { EventStore, OccurrencePosition, OccurrenceQuery } from '../../event/event-store.ts';
import type { Occurrence } from '../../occurrence/occurrence.ts';
import { busyBeyondRows, withBeyondRows, type ListedSeries } from '../../occurrence/list-beyond-rows.ts';
import { mergeIntervals, scheduleOfOccurrence } from '../../occurrence/occurrence-schedule.ts';
import { MIN_INSTANT, toInstant, type Interval } from '../../time/instant.ts';
import { DAY_MS } from '../../time/plain-date.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { toSchedule } from './event-row.ts';
import { toChanges } from './override-json.ts';
import { toListedSeries } from './series-json.ts';
import { listBusy } from './sql/list-busy.ts';
import { listOccurrences, type OccurrenceRow } from './sql/list-occurrences.ts';

/** Before the first event of any zone; PostgreSQL's calendar begins not much earlier. */
const EARLIEST = toInstant(MIN_INSTANT - 2 * DAY_MS);
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

export async function listPage(
  db: Postgres,
  query: OccurrenceQuery,
  signal?: AbortSignal,
): Promise<readonly Occurrence[]> {
  const statement = query.calendarId === undefined ? listOccurrences.all : listOccurrences.one;
  const rows = await db.query(statement, [...periodParameters(query, query.after), query.limit], signal);
  const occurrences: Occurrence[] = [];
  const series: ListedSeries[] = [];
  for (const row of rows) {
    if (row.series) series.push(toListedSeries(row, row.series));
    else occurrences.push(toOccurrence(row));
  }
  return withBeyondRows(occurrences, series, query);
}

export async function listBusyIntervals(
  db: Postgres,
  query: Parameters<EventStore['listBusy']>[0],
  signal?: AbortSignal,
): Promise<readonly Interval[]> {
  const statement = query.calendarId === undefined ? listBusy.all : listBusy.one;
  const rows = await db.query(statement, periodParameters(query, undefined), signal);
  const period = { start: query.from, end: query.to };
  const intervals = rows
    .filter(({ series }) => series === null)
    .map((row) => ({ start: toInstant(row.starts_at), end: toInstant(row.ends_at) }));
  const series = rows.flatMap((row) => (row.series ? [toListedSeries(row, row.series)] : []));
  return mergeIntervals([...intervals, ...busyBeyondRows(series, period)], period);
}

/** $1 to $7 of the listings. */
function periodParameters(
  { owner, calendarId, from, to }: Parameters<EventStore['listBusy']>[0],
  after: OccurrencePosition | undefined,
): readonly SqlParameter[] {
  return [
    owner,
    calendarId ?? null,
    encodeTimestamp(Math.max(from, EARLIEST)),
    encodeTimestamp(to),
    after ? encodeTimestamp(after.start) : '-infinity',
    after?.eventId ?? NIL_UUID,
    after ? encodeTimestamp(after.recurrenceId) : '-infinity',
  ];
}

export function toOccurrence(row: OccurrenceRow): Occurrence {
  const span = {
    recurrenceId: toInstant(row.recurrence_id),
    start: toInstant(row.starts_at),
    end: toInstant(row.ends_at),
  };
  const changes = row.override ? toChanges(row.override, row.all_day, span) : undefined;
  return {
    eventId: row.event_id as EventId,
    recurrenceId: span.recurrenceId,
    calendarId: row.calendar_id as CalendarId,
    title: changes?.title ?? row.title,
    schedule: scheduleOfOccurrence(toSchedule(row), span, changes?.schedule),
    timeZone: row.time_zone as TimeZoneId,
    busy: row.busy,
    location: changes?.location ?? row.location,
    recurring: row.recurring,
    overridden: changes !== undefined,
    startsAt: span.start,
  };
}

import assert from 'node:assert';
import type { Postgres, Queries } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import type { Event, Schedule } from '../../event/event.ts';
import type { PlannedEvent } from '../../event/event-store.ts';
import { occurrenceKey } from '../../occurrence/check-plans.ts';
import { idOf } from '../../occurrence/original-start.ts';
import type { OccurrenceOverride, PlannedOccurrence } from '../../occurrence/override.ts';
import { planOccurrences } from '../../occurrence/plan-occurrences.ts';
import { MAX_INSTANT, toInstant, type Instant } from '../../time/instant.ts';
import { toLocalMs } from '../../time/local-time.ts';
import { TZDB_VERSION, type TimeZoneId } from '../../time/time-zone.ts';
import { resolveForward, resolveWallTime } from '../../time/wall-time.ts';
import { encodeSpans, eventParameters } from './event-parameters.ts';
import { toEvent, type EventRow } from './event-row.ts';
import { keepReminders } from './keep-reminders.ts';
import { markTaken } from './mark-taken.ts';
import { toChanges, type OverrideJson } from './override-json.ts';
import { getOutdatedEvent } from './sql/get-outdated-event.ts';
import type { EventKeyRow } from './sql/list-due-series.ts';
import { confirmZone } from './sql/list-outdated-zones.ts';
import { listRowsOfEvent, type EventOccurrenceRow } from './sql/list-rows-of-event.ts';
import { lockCalendarToWrite } from './sql/lock-calendar-to-write.ts';
import { removeStaleOccurrences } from './sql/remove-stale-occurrences.ts';
import { refreshPlainUntil, settleExempt } from './sql/settle-calendar.ts';
import { updateEvent } from './sql/update-event.ts';

/**
 * Computes one event anew from its wall-clock times.
 * @returns how many of its occurrences clash by that; undefined where it needs it no longer.
 */
export async function recomputeOne(
  db: Postgres,
  { calendar_id, event_id }: EventKeyRow,
  now: Instant,
  signal?: AbortSignal,
): Promise<number | undefined> {
  return db.transaction(async (queries) => {
    const [outdated] = await queries.query(getOutdatedEvent, [calendar_id, event_id, TZDB_VERSION]);
    if (!outdated) return undefined;
    const [, [row], rows] = await Promise.all([
      queries.query(lockCalendarToWrite, [calendar_id, outdated.owner]),
      queries.query(getOutdatedEvent, [calendar_id, event_id, TZDB_VERSION]),
      queries.query(listRowsOfEvent, [calendar_id, event_id]),
    ]);
    if (!row) return undefined;
    const planned = planAnew(row, rows);
    // A day before the start may be another instant now, even where the start is not.
    await keepReminders(queries, { event: planned.event, occurrences: rows.map(toSpan) }, planned, now);
    if (isAsStored(planned, row, rows)) {
      await queries.query(confirmZone, [calendar_id, event_id, TZDB_VERSION]);
      return 0;
    }
    return rewrite(queries, planned, rows);
  }, signal);
}

function planAnew(row: EventRow, rows: readonly EventOccurrenceRow[]): PlannedEvent {
  const { hasConflicts: _, revision: __, ...stored } = toEvent(row);
  const event = { ...stored, schedule: scheduleAnew(row, stored.schedule) };
  const overrides = rows.flatMap(({ override, starts_at, ends_at }) =>
    override ? [overrideAnew(event, override, { start: toInstant(starts_at), end: toInstant(ends_at) })] : [],
  );
  const horizon = event.materialisedUntil ?? MAX_INSTANT;
  return planOccurrences(event, overrides, horizon, 'stored');
}

function scheduleAnew(row: EventRow, stored: Schedule): Schedule {
  if (stored.kind === 'all-day') return stored;
  const zone = row.time_zone as TimeZoneId;
  const start = resolveKept(zone, row.starts_local, stored.start);
  const end = resolveKept(zone, row.ends_local, stored.end);
  // A clock change may come to lie between the two and leave no time: then the length is what stays.
  return { kind: 'timed', start, end: end > start ? end : toInstant(start + stored.end - stored.start) };
}

/** The later of two equal wall-clock times stays the later, as long as they are two. */
function resolveKept(zone: TimeZoneId, localMs: number, stored: Instant): Instant {
  return toLocalMs(zone, stored) === localMs ? stored : resolveForward(zone, localMs);
}

function overrideAnew(
  event: Pick<Event, 'schedule' | 'timeZone'>,
  json: OverrideJson,
  stored: { readonly start: Instant; readonly end: Instant },
): OccurrenceOverride {
  const isAllDay = event.schedule.kind === 'all-day';
  const { starts_local, ends_local } = json;
  const span =
    starts_local && ends_local && !isAllDay
      ? {
          start: resolveWallTime(event.timeZone, starts_local),
          end: resolveWallTime(event.timeZone, ends_local),
        }
      : stored;
  const end = span.end > span.start ? span.end : toInstant(span.start + stored.end - stored.start);
  return {
    recurrenceId: idOf(event, json.original_local),
    changes: toChanges(json, isAllDay, { start: span.start, end }),
  };
}

function isAsStored(
  { event, occurrences }: PlannedEvent,
  row: EventRow,
  rows: readonly EventOccurrenceRow[],
): boolean {
  const stored = toEvent(row);
  return (
    stored.schedule.start === event.schedule.start &&
    stored.schedule.end === event.schedule.end &&
    occurrences.map(occurrenceKey).join() === rows.map(keyOfRow).join()
  );
}

function toSpan({ recurrence_id, starts_at, ends_at, busy }: EventOccurrenceRow): PlannedOccurrence {
  return {
    recurrenceId: toInstant(recurrence_id),
    start: toInstant(starts_at),
    end: toInstant(ends_at),
    busy,
  };
}

function keyOfRow(row: EventOccurrenceRow): string {
  return occurrenceKey(toSpan(row));
}

/** Writes the event and its rows; those that clash now are kept as such. */
async function rewrite(
  queries: Queries,
  planned: PlannedEvent,
  rows: readonly EventOccurrenceRow[],
): Promise<number> {
  const { event, occurrences } = planned;
  await queries.query(removeStaleOccurrences, [
    event.calendarId,
    event.id,
    event.busy,
    ...encodeSpans(occurrences),
    occurrences.map(({ busy }) => busy),
  ]);
  const kept = new Set(rows.map(keyOfRow));
  const added = occurrences
    .filter((occurrence) => occurrence.busy && !kept.has(occurrenceKey(occurrence)))
    .toSorted((a, b) => a.start - b.start);
  const marks = await markTaken(queries, event.calendarId satisfies CalendarId, added);
  const marked = new Set<PlannedOccurrence>(added.filter((_, i) => marks[i]));
  const [[updated]] = await Promise.all([
    queries.query(
      updateEvent,
      eventParameters(planned, (occurrence) => marked.has(occurrence)),
    ),
    queries.query(settleExempt, [event.calendarId]),
    queries.query(refreshPlainUntil, [event.calendarId]),
  ]);
  assert(updated, `the event ${event.id} is gone although its calendar is locked`);
  return marked.size;
}

import { encodeTimestamp, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { EventDraft, Schedule } from '../../event/event.ts';
import type { PlannedEvent } from '../../event/event-store.ts';
import { spanOf, type OccurrenceSpan } from '../../occurrence/occurrence.ts';
import { toLocalMs } from '../../time/local-time.ts';
import { dateToUtcMs } from '../../time/plain-date.ts';
import { TZDB_VERSION, type TimeZoneId } from '../../time/time-zone.ts';
import { spanClassOf } from '../span-class.ts';

/**
 * The parameters $1 to $27 that adding and updating an event share:
 * calendar, id, owner; the columns of the event ($4 to $22); its occurrences as arrays ($23 to $26); and
 * the classes of length that they use ($27).
 */
export function eventParameters({ event, occurrences }: PlannedEvent): readonly SqlParameter[] {
  return [...keyParameters(event), ...columnParameters(event), ...occurrenceParameters(occurrences)];
}

function keyParameters(event: EventDraft): readonly SqlParameter[] {
  return [event.calendarId, event.id, event.owner];
}

function columnParameters(event: EventDraft): readonly SqlParameter[] {
  const { schedule, timeZone, recurrence } = event;
  const span = spanOf(schedule, timeZone);
  const local = localTimes(schedule, timeZone);
  return [
    event.uid,
    event.sequence,
    event.title,
    event.description,
    event.location,
    schedule.kind === 'all-day',
    event.busy,
    timeZone,
    encodeTimestamp(local.startMs),
    encodeTimestamp(local.endMs),
    encodeTimestamp(span.start),
    encodeTimestamp(span.end),
    TZDB_VERSION,
    event.notifyBefore,
    recurrence?.rrule ?? null,
    recurrence?.exdates ?? null,
    recurrence?.rdates ?? null,
    encodeTimestamp(event.createdAt),
    encodeTimestamp(event.updatedAt),
  ];
}

/** Recurrence ids, starts, ends and classes, as arrays of one length; then the classes, each once. */
function occurrenceParameters(occurrences: readonly OccurrenceSpan[]): readonly SqlParameter[] {
  const classes = occurrences.map(spanClassOf);
  return [
    occurrences.map(({ recurrenceId }) => encodeTimestamp(recurrenceId)),
    occurrences.map(({ start }) => encodeTimestamp(start)),
    occurrences.map(({ end }) => encodeTimestamp(end)),
    classes,
    [...new Set(classes)],
  ];
}

/** What the owner meant: wall-clock times, as if they were UTC. */
function localTimes(
  schedule: Schedule,
  zone: TimeZoneId,
): { readonly startMs: number; readonly endMs: number } {
  switch (schedule.kind) {
    case 'timed':
      return { startMs: toLocalMs(zone, schedule.start), endMs: toLocalMs(zone, schedule.end) };
    case 'all-day':
      return { startMs: dateToUtcMs(schedule.start), endMs: dateToUtcMs(schedule.end) };
    default:
      return schedule satisfies never;
  }
}

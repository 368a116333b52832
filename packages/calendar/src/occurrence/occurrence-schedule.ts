import { MAX_CONFLICTS } from '../event/event-store.ts';
import type { EventId, Schedule } from '../event/event.ts';
import { toInstant, type Interval } from '../time/instant.ts';
import { dateToUtcMs, utcMsToDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import { formatRecurrenceId, formatSchedule, type BusyConflict, type OccurrenceSpan } from './occurrence.ts';

/**
 * When one occurrence of an event is. All-day occurrences keep the event's length in days, from the date
 * that names them: their instants alone do not tell the dates where a zone skips a day.
 * @param changed its own time, where it has one.
 */
export function scheduleOfOccurrence(event: Schedule, span: OccurrenceSpan, changed?: Schedule): Schedule {
  if (changed) return changed;
  switch (event.kind) {
    case 'timed':
      return { kind: 'timed', start: span.start, end: span.end };
    case 'all-day': {
      const lengthMs = dateToUtcMs(event.end) - dateToUtcMs(event.start);
      return {
        kind: 'all-day',
        start: utcMsToDate(span.recurrenceId),
        end: utcMsToDate(span.recurrenceId + lengthMs),
      };
    }
    default:
      return event satisfies never;
  }
}

/** An occurrence that is in the way, in the forms of the API. */
export function describeConflict(
  eventId: EventId,
  event: Schedule,
  zone: TimeZoneId,
  span: OccurrenceSpan,
  changed?: Schedule,
): BusyConflict {
  return {
    eventId,
    recurrenceId: formatRecurrenceId(span.recurrenceId, event.kind),
    ...formatSchedule(scheduleOfOccurrence(event, span, changed), zone),
  };
}

/**
 * The occurrences that later ones run into, by start: at most MAX_CONFLICTS.
 * @param isNew overlaps of two that are not new are known, and left out.
 */
export function findOverlaps<T extends Interval>(
  occurrences: readonly T[],
  isNew: (occurrence: T) => boolean = () => true,
): readonly T[] {
  const byStart = occurrences.toSorted((a, b) => a.start - b.start);
  const overlapped: T[] = [];
  let latest: T | undefined;
  for (const span of byStart) {
    const meets = latest && span.start < latest.end && (isNew(span) || isNew(latest));
    if (latest && meets && overlapped.at(-1) !== latest) overlapped.push(latest);
    if (!latest || span.end > latest.end) latest = span;
    if (overlapped.length === MAX_CONFLICTS) break;
  }
  return overlapped;
}

/** The fewest intervals that cover the same time, cut to the period, ascending. */
export function mergeIntervals(intervals: readonly Interval[], period: Interval): readonly Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, period.start);
    const to = Math.min(end, period.end);
    const last = merged.at(-1);
    if (from >= to) continue;
    if (last && from <= last.end) last.end = Math.max(last.end, to);
    else merged.push({ start: from, end: to });
  }
  return merged.map(({ start, end }) => ({ start: toInstant(start), end: toInstant(end) }));
}

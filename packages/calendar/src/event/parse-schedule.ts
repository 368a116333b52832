import { formatSchedule, spanOf } from '../occurrence/occurrence.ts';
import { parseDuration, type Duration } from '../time/duration.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant, type Instant } from '../time/instant.ts';
import { resolveLocal, toLocalMs } from '../time/local-time.ts';
import { parseTime } from '../time/parse-time.ts';
import { addDays, DAY_MS, parsePlainDate, type PlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import type { Violations } from '../violations.ts';
import type { EventInput } from './event-input.ts';
import type { Schedule } from './event.ts';

type Timing = Pick<EventInput, 'start' | 'end' | 'duration' | 'all_day'>;

/**
 * Reads when an event is: `start` with `end` or `duration`, as times or, for all-day events, as dates.
 * What is absent stays as in `current`. Answers undefined where it has added a violation.
 */
export function parseSchedule(
  input: Timing,
  current: Schedule | undefined,
  zone: TimeZoneId,
  violations: Violations,
): Schedule | undefined {
  const allDay = input.all_day ?? (input.all_day === undefined && current?.kind === 'all-day');
  const kept = current && (current.kind === 'all-day') === allDay ? current : undefined;
  if (input.end != null && input.duration != null) {
    return violations.add('duration', `'${input.duration}' is given beside end; allowed is one of the two`);
  }
  const schedule = allDay
    ? parseAllDay(input, kept?.kind === 'all-day' ? kept : undefined, violations)
    : parseTimed(input, kept?.kind === 'timed' ? kept : undefined, zone, violations);
  return schedule && checkSpan(schedule, input, zone, violations);
}

function parseTimed(
  input: Timing,
  kept: { readonly start: Instant; readonly end: Instant } | undefined,
  zone: TimeZoneId,
  violations: Violations,
): Schedule | undefined {
  const start = readTime('start', input.start, kept?.start, (text) => parseTimeOfDay(text, zone), violations);
  if (input.duration != null) {
    const duration = violations.read('duration', () => parseDuration(input.duration as string));
    if (start === undefined || duration === undefined) return undefined;
    return { kind: 'timed', start, end: addDuration(zone, start, duration) };
  }
  const end = readTime('end', input.end, kept?.end, (text) => parseTimeOfDay(text, zone), violations);
  return start === undefined || end === undefined ? undefined : { kind: 'timed', start, end };
}

function parseAllDay(
  input: Timing,
  kept: { readonly start: PlainDate; readonly end: PlainDate } | undefined,
  violations: Violations,
): Schedule | undefined {
  const start = readTime('start', input.start, kept?.start, parseDateOfAllDay, violations);
  if (input.duration != null) {
    const days = violations.read('duration', () => parseWholeDays(input.duration as string));
    if (start === undefined || days === undefined) return undefined;
    return dated(
      start,
      violations.read('duration', () => addDays(start, days)),
    );
  }
  // As in RFC 5545 section 3.6.1: a date without an end is that one day.
  if (input.end === undefined && !kept) {
    return (
      start &&
      dated(
        start,
        violations.read('start', () => addDays(start, 1)),
      )
    );
  }
  const end = readTime('end', input.end, kept?.end, parseDateOfAllDay, violations);
  return start && dated(start, end);
}

function dated(start: PlainDate, end: PlainDate | undefined): Schedule | undefined {
  return end && { kind: 'all-day', start, end };
}

function readTime<T>(
  field: 'start' | 'end',
  given: string | null | undefined,
  kept: T | undefined,
  read: (text: string) => T,
  violations: Violations,
): T | undefined {
  if (given === undefined && kept !== undefined) return kept;
  if (given == null || given === '') {
    const allowed =
      field === 'start' ? 'give a time, or a date for an all-day event' : 'give end or duration';
    return violations.add(field, `is missing; ${allowed}`);
  }
  return violations.read(field, () => read(given));
}

function parseTimeOfDay(text: string, zone: TimeZoneId): Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new RangeError(
      `'${text}' is a date; allowed is a time such as ${text}T10:00:00, or all_day: true with it`,
    );
  }
  return parseTime(text, zone);
}

function parseDateOfAllDay(text: string): PlainDate {
  if (/^\d{4}-\d{2}-\d{2}T/i.test(text)) {
    throw new RangeError(
      `'${text.slice(0, 60)}' is a time; allowed is a date such as ${text.slice(0, 10)}, since all_day is true`,
    );
  }
  return parsePlainDate(text);
}

function parseWholeDays(text: string): number {
  const { days, seconds } = parseDuration(text);
  if (seconds !== 0 || days < 1) {
    throw new RangeError(
      `'${text}' is no whole number of days; allowed for an all-day event are P1D and longer`,
    );
  }
  return days;
}

/** Days are added on the wall clock, then the time exactly (RFC 5545 section 3.3.6). */
function addDuration(zone: TimeZoneId, start: Instant, { days, seconds }: Duration): Instant {
  if (days === 0) return toInstant(start + seconds * 1000);
  const landing = start + days * DAY_MS;
  if (landing > MAX_INSTANT) return toInstant(landing);
  const local = resolveLocal(zone, toLocalMs(zone, start) + days * DAY_MS);
  const moved = local.kind === 'instant' ? local.instant : local.after;
  return toInstant(moved + seconds * 1000);
}

function checkSpan(
  schedule: Schedule,
  { start: newStart, end: newEnd, duration }: Timing,
  zone: TimeZoneId,
  violations: Violations,
): Schedule | undefined {
  if (schedule.end <= schedule.start) {
    if (duration != null) {
      return violations.add('duration', `'${duration}' leaves no time; allowed are durations from PT1S on`);
    }
    const shown = formatSchedule(schedule, zone);
    const allowed = schedule.kind === 'timed' ? 'time' : 'date';
    const isKept = newStart != null && newEnd === undefined;
    const hint = isKept ? ': a new start alone keeps the end, so give end or duration with it' : '';
    return violations.add(
      'end',
      `'${shown.end}' is not after the start '${shown.start}'; allowed is a later ${allowed}${hint}`,
    );
  }
  // Times were checked as they were read: what may fail now are dates in their zone, and a duration.
  const { start, end } = spanOf(schedule, zone);
  if (start < MIN_INSTANT || start > MAX_INSTANT)
    return violations.add('start', `'${schedule.start}' in ${zone} is outside the years 0001 to 9999 in UTC`);
  if (end > MAX_INSTANT)
    return violations.add('duration', `'${duration}' ends outside the years 0001 to 9999 in UTC`);
  if (end <= start) {
    return violations.add(
      'end',
      `'${schedule.end}' leaves no time after '${schedule.start}': ${zone} has no such day`,
    );
  }
  return schedule;
}

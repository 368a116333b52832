import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import { parseLength, type Length } from '../time/length.ts';
import { dateOf, parseSpan, parseWhen, type Span, type When, type WhenContext } from '../time/parse-when.ts';
import type { ShownTime } from './shown-time.ts';

/** What was typed about the time of an event. */
export interface TypedTimes {
  /** `tomorrow 9:00`, maybe with an end. */
  readonly when: string;
  readonly for?: string | undefined;
  readonly until?: string | undefined;
  readonly allDay?: boolean | undefined;
}

/** When an event is to be: for the server, for people, and what they should know about it. */
export interface PlannedTimes {
  readonly shown: ShownTime;
  /** In the forms of Event.start. */
  readonly start: string;
  /** In the forms of Event.end; exclusive. */
  readonly end: string;
  readonly notes: readonly string[];
}

/** An event without a length or an end lasts this long. */
const DEFAULT_LENGTH: Length = { months: 0, days: 0, minutes: 60 };

/**
 * Puts together when an event is.
 * @param defaultLength how long it lasts where nothing is said.
 * @throws UnclearTime or UsageError.
 */
export function planTimes(
  typed: TypedTimes,
  context: WhenContext,
  defaultLength: Length = DEFAULT_LENGTH,
): PlannedTimes {
  const span = readSpan(typed, context);
  const { start, end, length } = span;
  const notes = [start.note, end?.note].filter((note) => note !== undefined);
  if (start.kind === 'date') {
    if (!typed.allDay && (end?.kind === 'time' || (length && length.minutes > 0))) {
      throw new UsageError(
        `at what time on ${start.date.toString()}? '${typed.when}' names a day alone`,
        `Write a time, such as ${typed.when} 9:00.`,
      );
    }
    return { ...planDays(start.date, span, typed), notes };
  }
  if (typed.allDay)
    throw new UsageError(`--all-day takes a day, and '${typed.when}' has a time; leave out one of them`);
  const [from, to] = [start.time, endOf(start, end, length ?? defaultLength)];
  if (Temporal.ZonedDateTime.compare(to, from) <= 0) {
    throw new UsageError(`the end, ${toText(to)}, is not after the start, ${toText(from)}`);
  }
  if (Temporal.ZonedDateTime.compare(from, context.now) < 0) notes.push(`${toText(from)} is in the past`);
  const isWallClock = start.meant === 'wall-clock';
  return {
    shown: { kind: 'timed', start: from, end: to },
    // A wall-clock time goes to the server as such: its time-zone database decides.
    start: isWallClock ? toLocalText(from) : toOffsetText(from),
    end:
      isWallClock && end?.kind === 'time' && end.meant === 'wall-clock' ? toLocalText(to) : toOffsetText(to),
    notes,
  };
}

/** The same some days later: at the same time on the wall clock, and as long. */
export function shiftDays(times: PlannedTimes, days: number): PlannedTimes {
  const { shown, notes } = times;
  if (days === 0) return times;
  if (shown.kind === 'all-day') {
    const [start, end] = [shown.start.add({ days }), shown.end.add({ days })];
    return {
      shown: { kind: 'all-day', start, end },
      start: start.toString(),
      end: end.toString(),
      notes,
    };
  }
  const start = shown.start.add({ days });
  const lengthMs = shown.end.epochMilliseconds - shown.start.epochMilliseconds;
  const end = start.add({ milliseconds: lengthMs });
  return {
    shown: { kind: 'timed', start, end },
    start: toLocalText(start),
    end: toOffsetText(end),
    notes,
  };
}

function readSpan(typed: TypedTimes, context: WhenContext): Span {
  const span = parseSpan(typed.when, context);
  const ways = [span.end, span.length, typed.for, typed.until].filter((way) => way !== undefined);
  if (ways.length > 1)
    throw new UsageError('the end is given twice; take one of --for, --until and an end beside the start');
  if (typed.for !== undefined) {
    const length = parseLength(typed.for);
    if (length.months > 0 || length.days + length.minutes === 0) {
      throw new UsageError(
        `--for: '${typed.for}' is not allowed; allowed are minutes, hours, days and weeks, such as 45m`,
      );
    }
    return { ...span, length };
  }
  if (typed.until === undefined) return span;
  const day = dateOf(span.start);
  return { ...span, end: parseWhen(typed.until, { ...context, dayOfTime: day, countFrom: day }) };
}

/** Days are inclusive, as people say them: 20 to 24 December has five. */
function planDays(
  first: Temporal.PlainDate,
  { end, length }: Span,
  typed: TypedTimes,
): Omit<PlannedTimes, 'notes'> {
  if (end?.kind === 'time' || (length && length.minutes > 0)) {
    throw new UsageError('--all-day takes days: --for 2d, --until 2026-12-24');
  }
  const exclusive = end ? end.date.add({ days: 1 }) : first.add({ days: length?.days ?? 1 });
  if (Temporal.PlainDate.compare(exclusive, first) <= 0) {
    throw new UsageError(
      `the last day, ${end?.date.toString()}, is before the first, ${first.toString()} ('${typed.when}')`,
    );
  }
  return {
    shown: { kind: 'all-day', start: first, end: exclusive },
    start: first.toString(),
    end: exclusive.toString(),
  };
}

function endOf(
  start: When & { kind: 'time' },
  end: When | undefined,
  length: Length,
): Temporal.ZonedDateTime {
  if (!end) return start.time.add({ days: length.days }).add({ minutes: length.minutes });
  if (end.kind === 'date') {
    throw new UsageError(
      `until what time on ${end.date.toString()}? Write one, such as ${end.date.toString()} 17:00`,
    );
  }
  const isBefore = Temporal.ZonedDateTime.compare(end.time, start.time) <= 0;
  // From 22:00 until 1:00 goes past midnight.
  return isBefore && !end.saysDay ? end.time.add({ days: 1 }) : end.time;
}

function toLocalText(time: Temporal.ZonedDateTime): string {
  return time.toPlainDateTime().toString({ smallestUnit: 'second' });
}

function toOffsetText(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function toText(time: Temporal.ZonedDateTime): string {
  return time.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

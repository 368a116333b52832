import { Temporal } from 'temporal-polyfill';
import { readClockTime, type ClockTime } from './clock-time.ts';
import { readDay, resolveDay, type DaySpec } from './day-spec.ts';
import { formatDay, formatTime } from './format-time.ts';
import { readIsoTime } from './iso-time.ts';
import { readLength, type Length } from './length.ts';
import { resolveLocal } from './resolve-local.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';
import { UNTIL_WORDS } from './words.ts';

/** A day, or a time of a day, that a person typed. */
export type When =
  | { readonly kind: 'date'; readonly date: Temporal.PlainDate; readonly note?: string }
  | {
      readonly kind: 'time';
      readonly time: Temporal.ZonedDateTime;
      /** The wall clock is what was meant, or, where an offset or a length was typed, the instant. */
      readonly meant: 'wall-clock' | 'instant';
      /** Whether a day was said; otherwise it is the one that the context gives. */
      readonly saysDay: boolean;
      /** Something that the person should know about how it was understood. */
      readonly note?: string;
    };

/** When something begins and, if it was said, when it ends or how long it lasts. */
export interface Span {
  readonly start: When;
  readonly end?: When;
  readonly length?: Length;
}

export interface WhenContext {
  /** The present, in the person's zone. */
  readonly now: Temporal.ZonedDateTime;
  /** The day that a time alone is on; by default today. */
  readonly dayOfTime?: Temporal.PlainDate;
  /** The day that weekdays and days of a month count from; by default today. */
  readonly countFrom?: Temporal.PlainDate;
}

/**
 * Reads a day or a time as people type it: `tomorrow 9:00`, `mon 10:30`, `23 nov`, `in 2 hours`,
 * `2026-11-23T09:00+01:00`.
 * @throws UnclearTime that shows where understanding ended.
 */
export function parseWhen(text: string, context: WhenContext): When {
  const reader = createTokenReader(text);
  const when = readWhen(reader, context);
  if (!reader.isAtEnd()) throw reader.unexpected();
  return when;
}

/**
 * Reads a beginning and maybe an end: `tomorrow 9:00-10:30`, `fri 9 to 17`, `mon 9:00 for 45m`.
 * @throws UnclearTime that shows where understanding ended.
 */
export function parseSpan(text: string, context: WhenContext): Span {
  const reader = createTokenReader(text);
  const start = readWhen(reader, context);
  if (reader.skipWord('for')) {
    const length = readLength(reader);
    if (!length || !reader.isAtEnd()) throw reader.unexpected();
    return { start, length };
  }
  if (!reader.skipWord(...UNTIL_WORDS)) {
    if (!reader.isAtEnd()) throw reader.unexpected();
    return { start };
  }
  const end = readWhen(reader, { ...context, dayOfTime: dateOf(start), countFrom: dateOf(start) });
  if (!reader.isAtEnd()) throw reader.unexpected();
  return { start, end };
}

/** The day of it in the person's zone. */
export function dateOf(when: When): Temporal.PlainDate {
  return when.kind === 'date' ? when.date : when.time.toPlainDate();
}

function readWhen(reader: TokenReader, context: WhenContext): When {
  if (reader.isAtEnd()) throw reader.unclear('a day or a time is missing');
  const iso = readIsoTime(reader, context.now.timeZoneId);
  if (iso?.kind === 'local') return atWallClock(reader, iso.local, context);
  if (iso) {
    checkYear(reader, iso.time.toPlainDate());
    return { kind: 'time', time: iso.time, meant: 'instant', saysDay: true };
  }
  if (reader.skipWord('now')) {
    return {
      kind: 'time',
      time: context.now.round({ smallestUnit: 'minute', roundingMode: 'floor' }),
      meant: 'instant',
      saysDay: true,
    };
  }
  return readFromNow(reader, context) ?? readDayAndTime(reader, context);
}

/** `in 2 hours`, `+90m`, `in 3 days`, `in 2 weeks 9:00`. */
function readFromNow(reader: TokenReader, context: WhenContext): When | undefined {
  const { now } = context;
  if (reader.peek().startsWith('+'))
    reader.replace(...['in', reader.peek().slice(1)].filter((part) => part !== ''));
  if (!reader.skipWord('in')) return undefined;
  const length = readLength(reader);
  if (!length) throw reader.unclear('a length should follow, such as in 2 hours or +90m');
  const { months, days, minutes } = length;
  if (minutes === 0) {
    const date = checkYear(reader, now.toPlainDate().add({ months, days }));
    reader.skipWord('at');
    const clock = readClockTime(reader);
    return clock ? atWallClock(reader, date.toPlainDateTime(clock.time), context) : { kind: 'date', date };
  }
  const time = now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).add({ months, days, minutes });
  checkYear(reader, time.toPlainDate());
  return { kind: 'time', time, meant: 'instant', saysDay: true };
}

/** A day, a time, or both in either order. */
function readDayAndTime(reader: TokenReader, context: WhenContext): When {
  const today = context.now.toPlainDate();
  let day = (reader.skipWord('on'), readDay(reader, today));
  const saysAt = reader.skipWord('at');
  const clock = readClockTime(reader);
  if (saysAt && !clock) throw reader.unclear('a time should follow, such as 9:00');
  if (clock && !day) day = (reader.skipWord('on'), readDay(reader, today));
  if (!clock && !day) throw reader.unexpected();
  return combine(reader, day, clock && withHalfOfRangeEnd(reader, clock), context);
}

function combine(
  reader: TokenReader,
  day: DaySpec | undefined,
  clock: ClockTime | undefined,
  context: WhenContext,
): When {
  const today = context.now.toPlainDate();
  const from = context.countFrom ?? today;
  const local = context.now.toPlainDateTime();
  const isPast = (date: Temporal.PlainDate): boolean =>
    clock !== undefined && Temporal.PlainDateTime.compare(date.toPlainDateTime(clock.time), local) < 0;
  const date = checkYear(reader, day ? resolveDay(day, from, isPast) : (context.dayOfTime ?? today));
  const note = noteOnNext(day, date, from);
  if (!clock) return { kind: 'date', date, ...note };
  const when = atWallClock(reader, date.toPlainDateTime(clock.time), context);
  return when.kind === 'time' ? { ...when, saysDay: day !== undefined, ...note } : when;
}

/** English leaves open which Friday the next one is, so say which was taken where it matters. */
function noteOnNext(
  day: DaySpec | undefined,
  date: Temporal.PlainDate,
  from: Temporal.PlainDate,
): { note?: string } {
  if (day?.kind !== 'weekday' || day.which !== 'next') return {};
  const coming = resolveDay({ ...day, which: 'coming' }, from);
  if (coming.equals(date) || coming.equals(from)) return {};
  return {
    note: `next is taken as next week's: ${formatDay(date)}; without next it is ${formatDay(coming)}`,
  };
}

/** In `9-11pm` the nine is in the evening as well; in `11-1pm` the eleven is not. */
function withHalfOfRangeEnd(reader: TokenReader, clock: ClockTime): ClockTime {
  if (clock.half || clock.time.hour > 12 || clock.time.hour === 0 || !UNTIL_WORDS.includes(reader.peek()))
    return clock;
  const end = /^(\d{1,2})(?::(\d{2}))?pm$/.exec(reader.peek(1));
  if (!end) return clock;
  const inEvening = clock.time.with({ hour: (clock.time.hour % 12) + 12 });
  const endMinutes = ((Number(end[1]) % 12) + 12) * 60 + Number(end[2] ?? 0);
  const startMinutes = inEvening.hour * 60 + inEvening.minute;
  return startMinutes < endMinutes ? { time: inEvening, half: 'pm' } : clock;
}

function atWallClock(reader: TokenReader, local: Temporal.PlainDateTime, context: WhenContext): When {
  const zone = context.now.timeZoneId;
  checkYear(reader, local.toPlainDate());
  const found = resolveLocal(local, zone);
  switch (found.kind) {
    case 'once':
      return { kind: 'time', time: found.time, meant: 'wall-clock', saysDay: true };
    case 'twice': {
      const other = found.later.toString({ timeZoneName: 'never', smallestUnit: 'minute' });
      const note = `${formatTime(local)} comes twice on ${formatDay(local.toPlainDate())} in ${zone}: the earlier is taken; the later is ${other}`;
      return { kind: 'time', time: found.time, meant: 'wall-clock', saysDay: true, note };
    }
    case 'never': {
      const day = formatDay(local.toPlainDate());
      const jump = `clocks go from ${formatTime(found.from)} to ${formatTime(found.to)}`;
      throw reader.unclear(`there is no ${formatTime(local)} on ${day} in ${zone}: ${jump}`, 1);
    }
    default:
      return found satisfies never;
  }
}

function checkYear(reader: TokenReader, date: Temporal.PlainDate): Temporal.PlainDate {
  if (date.year >= 1 && date.year <= 9999) return date;
  throw reader.unclear(`the year ${date.year} is not allowed; allowed are 0001 to 9999`, 1);
}

import { Temporal } from 'temporal-polyfill';
import type { TokenReader } from './token-reader.ts';
import {
  capitalize,
  findMonth,
  findWeekday,
  MONTHS,
  NAMED_DAYS,
  WEEKDAYS,
  WHICH,
  type Which,
} from './words.ts';

/** A day as it was said; which date it is may depend on the time beside it. */
export type DaySpec =
  | { readonly kind: 'date'; readonly date: Temporal.PlainDate }
  | { readonly kind: 'day-of-month'; readonly month: number; readonly day: number }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which: Which | 'coming' }
  | { readonly kind: 'week' | 'month'; readonly which: Which };

/** Reads a day; undefined (and nothing read) where there is none. */
export function readDay(reader: TokenReader, today: Temporal.PlainDate): DaySpec | undefined {
  const word = reader.peek();
  const fromToday = NAMED_DAYS.get(word);
  if (fromToday !== undefined) {
    reader.skip();
    return { kind: 'date', date: today.add({ days: fromToday }) };
  }
  const weekday = findWeekday(word);
  if (weekday !== undefined) {
    return readDateOfWeekday(reader, weekday, today) ?? { kind: 'weekday', weekday, which: 'coming' };
  }
  return readWhich(reader) ?? readIsoDate(reader) ?? readDayAndMonth(reader) ?? refuseNumericDate(reader);
}

/** Reads a weekday, and the date after it where there is one, as listings print it: `thu 3 dec`. */
function readDateOfWeekday(
  reader: TokenReader,
  weekday: number,
  today: Temporal.PlainDate,
): DaySpec | undefined {
  reader.skip();
  const spec = readIsoDate(reader) ?? readDayAndMonth(reader);
  if (!spec) return undefined;
  const date = resolveDay(spec, today);
  const actual = WEEKDAYS[date.dayOfWeek - 1];
  if (date.dayOfWeek - 1 === weekday || !actual) return { kind: 'date', date };
  throw reader.unclear(
    `${date.toString()} is a ${capitalize(actual[0])}; leave the weekday out, or write ${actual[1]}`,
    1,
  );
}

function readWhich(reader: TokenReader): DaySpec | undefined {
  const which = WHICH.find((candidate) => candidate === reader.peek());
  if (!which) return undefined;
  const next = reader.peek(1);
  const weekday = findWeekday(next);
  if (weekday === undefined && next !== 'week' && next !== 'month') {
    reader.skip();
    throw reader.unclear(`'${which}' what? Allowed are a weekday, week and month: ${which} friday`);
  }
  reader.skip(2);
  return weekday === undefined
    ? { kind: next as 'week' | 'month', which }
    : { kind: 'weekday', weekday, which };
}

function readIsoDate(reader: TokenReader): DaySpec | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(reader.peek());
  if (!match) return undefined;
  const date = toDate(reader, Number(match[1]), Number(match[2]), Number(match[3]));
  reader.skip();
  return { kind: 'date', date };
}

/** `23 nov`, `nov 23`, `23rd november 2026`, `nov 23 2026`. */
function readDayAndMonth(reader: TokenReader): DaySpec | undefined {
  const dayFirst = findMonth(reader.peek(1));
  const monthFirst = findMonth(reader.peek());
  const day = readDayNumber(reader.peek(monthFirst === undefined ? 0 : 1));
  const month = monthFirst ?? dayFirst;
  if (month === undefined) return undefined;
  if (day === undefined) {
    if (monthFirst === undefined) return undefined;
    reader.skip();
    throw reader.unclear(`which day of ${MONTHS[month]?.[0]}? Write 23 ${MONTHS[month]?.[1]}`);
  }
  const yearText = reader.peek(2);
  if (/^\d{4}$/.test(yearText)) {
    const date = toDate(reader, Number(yearText), month + 1, day);
    reader.skip(3);
    return { kind: 'date', date };
  }
  toDate(reader, LEAP_YEAR, month + 1, day);
  reader.skip(2);
  return { kind: 'day-of-month', month: month + 1, day };
}

/** Has a 29 February, so that a day without a year is not refused too early. */
const LEAP_YEAR = 2024;

function readDayNumber(word: string): number | undefined {
  const match = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word);
  return match ? Number(match[1]) : undefined;
}

function refuseNumericDate(reader: TokenReader): undefined {
  if (
    /^\d{1,2}[/.]\d{1,2}(?:[/.](?:\d{4}|\d{2})?)?$/.test(reader.peek()) &&
    !/^\d{1,2}\.\d{2}$/.test(reader.peek())
  ) {
    throw reader.unclear(
      `'${reader.peek()}' may mean day and month or month and day; write 23 nov or 2026-11-23`,
    );
  }
  return undefined;
}

function toDate(reader: TokenReader, year: number, month: number, day: number): Temporal.PlainDate {
  if (year < 1) throw reader.unclear(`the year ${year} is not allowed; allowed are 0001 to 9999`);
  if (month < 1 || month > 12) throw reader.unclear(`there is no month ${month}; allowed are 1 to 12`);
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  const name = MONTHS[month - 1]?.[0] ?? '';
  if (day < 1 || day > daysInMonth) {
    const inYear = month === 2 && year !== LEAP_YEAR ? ` ${year}` : '';
    throw reader.unclear(
      `there is no day ${day}: ${capitalize(name)}${inYear} has the days 1 to ${daysInMonth}`,
    );
  }
  return Temporal.PlainDate.from({ year, month, day });
}

/**
 * The date that is meant, seen from a day. A weekday is the coming one, that day included unless
 * `isPast` says that its time is over; weeks begin on Monday.
 */
export function resolveDay(
  spec: DaySpec,
  from: Temporal.PlainDate,
  isPast: (date: Temporal.PlainDate) => boolean = () => false,
): Temporal.PlainDate {
  switch (spec.kind) {
    case 'date':
      return spec.date;
    case 'day-of-month':
      return comingDayOfMonth(spec.month, spec.day, from);
    case 'weekday':
      return resolveWeekday(spec.weekday, spec.which, from, isPast);
    case 'week':
      return mondayOf(from).add({ weeks: stepsOf(spec.which) });
    case 'month':
      return from.with({ day: 1 }).add({ months: stepsOf(spec.which) });
    default:
      return spec satisfies never;
  }
}

function resolveWeekday(
  weekday: number,
  which: Which | 'coming',
  from: Temporal.PlainDate,
  isPast: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  if (which === 'this' || which === 'next')
    return mondayOf(from).add({ weeks: stepsOf(which), days: weekday });
  const ahead = (weekday - (from.dayOfWeek - 1) + 7) % 7;
  if (which === 'last') return from.add({ days: ahead - 7 });
  const coming = from.add({ days: ahead });
  return ahead === 0 && isPast(coming) ? coming.add({ weeks: 1 }) : coming;
}

/** The Monday on or before the date. */
export function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

function stepsOf(which: Which): number {
  return { this: 0, next: 1, last: -1 }[which];
}

function comingDayOfMonth(month: number, day: number, from: Temporal.PlainDate): Temporal.PlainDate {
  // Eight years hold a leap year also around 1900 and 2100.
  for (let year = from.year; year <= from.year + 8; year++) {
    if (day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth) continue;
    const date = Temporal.PlainDate.from({ year, month, day });
    if (Temporal.PlainDate.compare(date, from) >= 0) return date;
  }
  throw new Error(`no day ${day} of month ${month} within 8 years of ${from.toString()}`);
}

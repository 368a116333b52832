import { Temporal } from 'temporal-polyfill';
import { readDay, resolveDay } from '../time/day-spec.ts';
import { createTokenReader, type Language, type TokenReader } from '../time/token-reader.ts';
import { ALL_WORDS, findMonth, findWeekday, UNITS } from '../time/words.ts';
import { ADVERBS, EVERY_WORDS, findOrdinal, GROUPS } from './every-words.ts';
import type { NumberedWeekday, Rhythm, RhythmDays, RhythmEnd } from './rhythm.ts';

export interface EveryPhrase {
  readonly rhythm: Rhythm;
  readonly end: RhythmEnd | undefined;
}

const LANGUAGE: Language = {
  words: [...ALL_WORDS, ...EVERY_WORDS],
  examples:
    'day, weekday, week, 2 weeks, tue, mon and thu, month on the 15th, last friday, year, week until june, day 10 times',
};

const NO_DAYS: RhythmDays = { weekdays: [], numbered: [], monthDays: [] };
const MAX_INTERVAL = 1_000;

/**
 * Reads how often something repeats: `weekday`, `2 weeks on tue, thu`, `last friday of the month`, and maybe where
 * it ends: `week until june`, `day 10 times`.
 * @param first the day that it begins on: days of the end count from it.
 * @throws UnclearTime
 */
export function parseEvery(text: string, first: Temporal.PlainDate): EveryPhrase {
  const reader = createTokenReader(text, LANGUAGE);
  reader.skipWord('every', 'each');
  let rhythm = readRhythm(reader);
  let end: RhythmEnd | undefined;
  while (!reader.isAtEnd()) {
    if (reader.skipWord('on')) rhythm = { ...rhythm, ...checkDays(reader, rhythm, readDays(reader)) };
    else if (end === undefined) end = readEnd(reader, first);
    else throw reader.unexpected();
  }
  return { rhythm, end };
}

/** Reads `tue,thu`, `15`, `1st and last day`, `first monday`. */
export function parseOn(text: string, rhythm: Rhythm): Rhythm {
  const reader = createTokenReader(text, LANGUAGE);
  const days = checkDays(reader, rhythm, readDays(reader));
  if (!reader.isAtEnd()) throw reader.unexpected();
  return { ...rhythm, ...days };
}

/** Reads the last day of a repetition: a day, or a month, which is taken to its end. */
export function parseLastDay(text: string, first: Temporal.PlainDate): Temporal.PlainDate {
  const reader = createTokenReader(text);
  const date = readLastDay(reader, first);
  if (!reader.isAtEnd()) throw reader.unexpected();
  return date;
}

function readRhythm(reader: TokenReader): Rhythm {
  const word = reader.peek();
  const adverb = ADVERBS.get(word);
  if (adverb) {
    reader.skip();
    return { ...NO_DAYS, ...adverb };
  }
  const group = GROUPS.get(word);
  if (group) {
    reader.skip();
    return { ...NO_DAYS, unit: 'week', interval: 1, weekdays: group };
  }
  const amount = readAmount(reader);
  const unit = readUnit(reader);
  if (unit) return { ...NO_DAYS, unit, interval: amount ?? 1 };
  if (amount !== undefined) return readNumberedWeekday(reader, amount);
  const days = readDays(reader);
  const rhythm: Rhythm = { ...NO_DAYS, unit: days.weekdays.length > 0 ? 'week' : 'month', interval: 1 };
  return { ...rhythm, ...checkDays(reader, rhythm, days) };
}

/** `2`, `other`, `third`, where a unit or a weekday follows. */
function readAmount(reader: TokenReader): number | undefined {
  const word = reader.peek();
  const follows = UNITS.has(reader.peek(1)) || findWeekday(reader.peek(1)) !== undefined;
  const amount = /^\d{1,4}$/.test(word) ? Number(word) : word === 'other' ? 2 : findOrdinal(word);
  if (amount === undefined || amount < 1 || !follows) return undefined;
  // The first Monday is a day of a month; the second week is none.
  if (amount === 1 && findWeekday(reader.peek(1)) !== undefined) return undefined;
  if (amount > MAX_INTERVAL) throw reader.unclear(`${amount} is too many; allowed are 1 to ${MAX_INTERVAL}`);
  reader.skip();
  return amount;
}

function readUnit(reader: TokenReader): Rhythm['unit'] | undefined {
  const unit = UNITS.get(reader.peek());
  if (unit === undefined) return undefined;
  if (unit === 'minute' || unit === 'hour')
    throw reader.unclear(`${unit}s are too often here; a rule may say so: --rrule "FREQ=HOURLY;INTERVAL=2"`);
  reader.skip();
  return unit;
}

/** `second tuesday` may be every two weeks, or once a month: only what follows tells. */
function readNumberedWeekday(reader: TokenReader, ordinal: number): Rhythm {
  const weekday = findWeekday(reader.peek()) ?? 0;
  const name = reader.peek();
  reader.skip();
  if (skipOfTheMonth(reader) && ordinal <= 5)
    return { ...NO_DAYS, unit: 'month', interval: 1, numbered: [{ ordinal, weekday }] };
  throw reader.unclear(
    `this may be every ${ordinal} weeks or once a month; write "${ordinal} weeks on ${name}" or "month on the ${ordinal}. ${name}"`,
    1,
  );
}

function readDays(reader: TokenReader): RhythmDays {
  const weekdays: number[] = [];
  const numbered: NumberedWeekday[] = [];
  const monthDays: number[] = [];
  do {
    reader.skipWord('the');
    const word = reader.peek();
    const weekday = findWeekday(word.replace(/s$/, '')) ?? findWeekday(word);
    const group = GROUPS.get(word);
    const ordinal = findOrdinal(word);
    const next = findWeekday(reader.peek(1));
    if (weekday !== undefined) weekdays.push(weekday);
    else if (group) weekdays.push(...group);
    else if (ordinal !== undefined && next !== undefined && Math.abs(ordinal) <= 5) {
      numbered.push({ ordinal, weekday: next });
      reader.skip();
    } else if (ordinal !== undefined && Math.abs(ordinal) <= 31) {
      monthDays.push(ordinal);
      if (['day', 'days'].includes(reader.peek(1))) reader.skip();
      else if (ordinal < 0) throw reader.unclear(`the last what? Write last day, or last friday`);
    } else throw reader.unexpected();
    reader.skip();
    skipOfTheMonth(reader);
  } while (reader.skipWord('and') || isDay(reader));
  return { weekdays, numbered, monthDays };
}

function isDay(reader: TokenReader): boolean {
  const word = reader.peek();
  if (/^\d+$/.test(word) && ['times', 'time'].includes(reader.peek(1))) return false;
  return findWeekday(word) !== undefined || findOrdinal(word) !== undefined;
}

/** The days must be such as the unit has. */
function checkDays(reader: TokenReader, { unit, weekdays, numbered }: Rhythm, days: RhythmDays): RhythmDays {
  const ofMonth = days.numbered.length + days.monthDays.length;
  if (unit === 'year')
    throw reader.unclear('every year is on the day of its beginning; leave out its days', 1);
  if (weekdays.length + numbered.length > 0) throw reader.unclear('its days are said twice', 1);
  if (unit === 'month' && days.weekdays.length > 0)
    throw reader.unclear('which one of the month? Write first monday, or last friday', 1);
  if (unit !== 'month' && ofMonth > 0)
    throw reader.unclear(`days of a month belong to every month, not to every ${unit}`, 1);
  if (days.numbered.length > 0 && days.monthDays.length > 0)
    throw reader.unclear('take either days of the month by number or weekdays of it', 1);
  return days;
}

function readEnd(reader: TokenReader, first: Temporal.PlainDate): RhythmEnd {
  if (reader.skipWord('until', 'till', 'to')) return { kind: 'until', date: readLastDay(reader, first) };
  const isTimes = ['times', 'time'].includes(reader.peek(reader.peek() === 'for' ? 2 : 1));
  if (isTimes) reader.skipWord('for');
  const times = /^\d{1,6}$/.test(reader.peek()) ? Number(reader.peek()) : 0;
  if (!isTimes || times < 1) throw reader.unexpected();
  reader.skip(2);
  return { kind: 'times', times };
}

function readLastDay(reader: TokenReader, first: Temporal.PlainDate): Temporal.PlainDate {
  const month = findMonth(reader.peek());
  const year = /^\d{4}$/.test(reader.peek(1)) ? Number(reader.peek(1)) : undefined;
  if (month !== undefined && !/^\d{1,2}(?:st|nd|rd|th|\.)?$/.test(reader.peek(1))) {
    reader.skip(year === undefined ? 1 : 2);
    return endOfMonth(month + 1, year ?? first.year + (month + 1 < first.month ? 1 : 0));
  }
  const isoMonth = /^(\d{4})-(\d{2})$/.exec(reader.peek());
  if (isoMonth && Number(isoMonth[2]) >= 1 && Number(isoMonth[2]) <= 12) {
    reader.skip();
    return endOfMonth(Number(isoMonth[2]), Number(isoMonth[1]));
  }
  const day = readDay(reader, first);
  if (!day) throw reader.isAtEnd() ? reader.unclear('until which day?') : reader.unexpected();
  return resolveDay(day, first);
}

function endOfMonth(month: number, year: number): Temporal.PlainDate {
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  return Temporal.PlainDate.from({ year, month, day: daysInMonth });
}

const BEFORE_MONTH: ReadonlySet<string> = new Set(['of', 'in', 'the', 'each', 'every', 'a']);

function skipOfTheMonth(reader: TokenReader): boolean {
  if (!['of', 'in'].includes(reader.peek())) return false;
  let ahead = 0;
  while (BEFORE_MONTH.has(reader.peek(ahead))) ahead++;
  if (reader.peek(ahead) !== 'month') return false;
  reader.skip(ahead + 1);
  return true;
}

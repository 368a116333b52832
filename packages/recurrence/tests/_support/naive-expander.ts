import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS } from '../../src/index.ts';
import type { RecurrenceRule } from '../../src/index.ts';

/**
 * A second expander, written to be obviously right and nothing else: it looks at every day (or every second,
 * for HOURLY and shorter) from DTSTART's period on, asks each part of the rule in turn, and shares no code with
 * the package. Civil times are the milliseconds of a UTC `Date` with the same fields.
 */
export interface NaiveSeries {
  readonly rule: RecurrenceRule;
  /** Civil milliseconds of DTSTART. */
  readonly start: number;
  readonly timeZone: string;
  readonly isDate: boolean;
  /** Instants, or civil midnights for all-day series, in milliseconds. */
  readonly rdates: readonly number[];
  readonly exdates: readonly number[];
}

const DAY = 86_400_000;

/** Starts in milliseconds since 1970 UTC before `end` (civil milliseconds), in order. */
export function naiveExpand(series: NaiveSeries, end: number): readonly number[] {
  const { rule, start } = series;
  const local = [...new Set([start, ...ruleTimes(series, end).filter((time) => time > start)])].sort(
    (a, b) => a - b,
  );
  const counted = rule.bound.kind === 'count' ? local.slice(0, rule.bound.count) : local;
  const { bound } = rule;
  const isBeforeUntil = (time: number): boolean => {
    if (time === start || bound.kind !== 'until') {
      return true;
    }
    return (series.isDate ? time : resolve(time, series.timeZone)) <= bound.until.seconds * 1000;
  };
  const kept = counted.filter(isBeforeUntil);
  if (series.isDate) {
    return [...new Set([...kept, ...series.rdates])]
      .filter((time) => !series.exdates.includes(time))
      .sort((a, b) => a - b)
      .map((time) => resolve(time, series.timeZone));
  }
  // Where DTSTART itself is moved out of a gap, later times that land before it are no part of the series.
  const first = resolve(start, series.timeZone);
  return [...new Set([...kept.map((time) => resolve(time, series.timeZone)), ...series.rdates])]
    .filter((time) => time >= first && !series.exdates.includes(time))
    .sort((a, b) => a - b);
}

const resolved = new Map<string, number>();
const QUARTER_HOUR = 900_000;

/** Asks Temporal, once for each quarter of an hour: no zone changes in between since 1990. */
export function resolve(civilMs: number, timeZone: string): number {
  const quarter = Math.floor(civilMs / QUARTER_HOUR) * QUARTER_HOUR;
  const key = `${timeZone} ${quarter}`;
  const known = resolved.get(key) ?? resolveByTemporal(quarter, timeZone);
  resolved.set(key, known);
  return known + civilMs - quarter;
}

function resolveByTemporal(civilMs: number, timeZone: string): number {
  const local = Temporal.PlainDateTime.from(new Date(civilMs).toISOString().slice(0, 19));
  return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

function ruleTimes(series: NaiveSeries, end: number): readonly number[] {
  return ['HOURLY', 'MINUTELY', 'SECONDLY'].includes(series.rule.freq)
    ? clockTimes(series, end)
    : dayTimes(series, end);
}

function dayTimes({ rule, start, isDate }: NaiveSeries, end: number): readonly number[] {
  const startDay = midnight(start);
  const times = isDate ? [0] : timesOfDay(rule, start);
  const periods = new Map<number, Set<number>>();
  const put = (period: number, day: number): void => {
    const set = periods.get(period) ?? new Set<number>();
    times.forEach((time) => set.add(day + time));
    periods.set(period, set);
  };
  const firstPeriod = periodOf(rule, startDay);
  const isVisited = (period: number): boolean =>
    period >= firstPeriod && (period - firstPeriod) % rule.interval === 0;
  // Whole periods only, before and after, since BYSETPOS counts from both ends of one.
  const margin = (rule.freq === 'YEARLY' ? 367 : 40) * DAY;
  for (let day = startDay - margin; day < end + margin; day += DAY) {
    const period = periodOf(rule, day);
    if (isVisited(period)) {
      if (isRuleDay(rule, day, startDay)) {
        put(period, day);
      }
      for (const moved of movedDays(rule, day, startDay)) {
        put(period, moved);
      }
    }
  }
  return [...periods.values()].flatMap((set) =>
    pick(
      rule,
      [...set].sort((a, b) => a - b),
    ),
  );
}

/** The dates that SKIP puts in place of ones that do not exist; looked for on the first day of each month or year. */
function movedDays(rule: RecurrenceRule, day: number, startDay: number): readonly number[] {
  if (rule.skip === 'OMIT') {
    return [];
  }
  const date = new Date(day);
  const usesYearDays = rule.freq === 'YEARLY' && rule.byYearDay.length > 0;
  const isFirst = date.getUTCDate() === 1 && (!usesYearDays || date.getUTCMonth() === 0);
  if (!isFirst || rule.byWeekNo.length > 0 || (rule.freq !== 'YEARLY' && rule.freq !== 'MONTHLY')) {
    return [];
  }
  const month = date.getUTCMonth() + 1;
  const length = usesYearDays ? yearLength(date) : monthLength(date);
  const start = new Date(startDay);
  let numbers: readonly number[] = usesYearDays ? rule.byYearDay : rule.byMonthDay;
  if (numbers.length === 0) {
    if (rule.byDay.length > 0) {
      return [];
    }
    numbers = [start.getUTCDate()];
    if (rule.freq === 'YEARLY' && rule.byMonth.length === 0 && month !== start.getUTCMonth() + 1) {
      return [];
    }
  }
  if (usesYearDays && rule.byMonthDay.length > 0) {
    return [];
  }
  const found: number[] = [];
  for (const number of numbers) {
    if (Math.abs(number) <= length) {
      continue;
    }
    const monthOfIt = usesYearDays ? (number > 0 ? 12 : 1) : month;
    if (rule.byMonth.length > 0 && !rule.byMonth.includes(monthOfIt)) {
      continue;
    }
    const last = day + (length - 1) * DAY;
    const moved = rule.skip === 'BACKWARD' ? (number > 0 ? last : day - DAY) : number > 0 ? last + DAY : day;
    if (passesByDay(rule, moved)) {
      found.push(moved);
    }
  }
  return found;
}

function isRuleDay(rule: RecurrenceRule, day: number, startDay: number): boolean {
  const date = new Date(day);
  const start = new Date(startDay);
  const has = (list: readonly unknown[]): boolean => list.length > 0;
  if (has(rule.byMonth) && !rule.byMonth.includes(date.getUTCMonth() + 1)) {
    return false;
  }
  if (
    !passesYearDay(rule, date) ||
    !passesMonthDay(rule, date) ||
    !passesWeekNo(rule, date) ||
    !passesByDay(rule, day)
  ) {
    return false;
  }
  const isSameWeekday = date.getUTCDay() === start.getUTCDay();
  const isSameDay = date.getUTCDate() === start.getUTCDate();
  switch (rule.freq) {
    case 'YEARLY':
      if (has(rule.byYearDay) || has(rule.byMonthDay) || has(rule.byDay)) {
        return true;
      }
      if (has(rule.byWeekNo)) {
        return isSameWeekday;
      }
      return isSameDay && (has(rule.byMonth) || date.getUTCMonth() === start.getUTCMonth());
    case 'MONTHLY':
      return has(rule.byMonthDay) || has(rule.byDay) || isSameDay;
    case 'WEEKLY':
      return has(rule.byDay) || isSameWeekday;
    default:
      return true;
  }
}

function passesYearDay(rule: RecurrenceRule, date: Date): boolean {
  const number = Math.round((midnight(date.getTime()) - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1;
  return (
    rule.byYearDay.length === 0 ||
    rule.byYearDay.includes(number) ||
    rule.byYearDay.includes(number - yearLength(date) - 1)
  );
}

function passesMonthDay(rule: RecurrenceRule, date: Date): boolean {
  const number = date.getUTCDate();
  return (
    rule.byMonthDay.length === 0 ||
    rule.byMonthDay.includes(number) ||
    rule.byMonthDay.includes(number - monthLength(date) - 1)
  );
}

/** Numbers the week of a day by walking to the first week of its year with four days in it. */
function passesWeekNo(rule: RecurrenceRule, date: Date): boolean {
  if (rule.byWeekNo.length === 0) {
    return true;
  }
  const weekStart = (WEEKDAYS.indexOf(rule.weekStart) + 1) % 7;
  let week = midnight(date.getTime());
  while (new Date(week).getUTCDay() !== weekStart) {
    week -= DAY;
  }
  // A week belongs to the year that has at least four of its days, so to the year of its fourth day.
  const year = new Date(week + 3 * DAY).getUTCFullYear();
  const yearOf = (start: number): number => new Date(start + 3 * DAY).getUTCFullYear();
  let number = 1;
  for (let earlier = week - 7 * DAY; yearOf(earlier) === year; earlier -= 7 * DAY) {
    number += 1;
  }
  let fromEnd = -1;
  for (let later = week + 7 * DAY; yearOf(later) === year; later += 7 * DAY) {
    fromEnd -= 1;
  }
  return rule.byWeekNo.includes(number) || rule.byWeekNo.includes(fromEnd);
}

function passesByDay(rule: RecurrenceRule, day: number): boolean {
  if (rule.byDay.length === 0) {
    return true;
  }
  const date = new Date(day);
  const isMonth = rule.freq === 'MONTHLY' || rule.byMonth.length > 0;
  const unitOf = (time: number): number =>
    new Date(time).getUTCFullYear() * 12 + (isMonth ? new Date(time).getUTCMonth() : 0);
  let ordinal = 1;
  for (let earlier = day - 7 * DAY; unitOf(earlier) === unitOf(day); earlier -= 7 * DAY) {
    ordinal += 1;
  }
  let fromEnd = -1;
  for (let later = day + 7 * DAY; unitOf(later) === unitOf(day); later += 7 * DAY) {
    fromEnd -= 1;
  }
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7];
  return rule.byDay.some(
    (entry) => entry.weekday === weekday && [0, ordinal, fromEnd].includes(entry.ordinal),
  );
}

function periodOf(rule: RecurrenceRule, day: number): number {
  const date = new Date(day);
  switch (rule.freq) {
    case 'YEARLY':
      return date.getUTCFullYear();
    case 'MONTHLY':
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    case 'WEEKLY':
      // 1970-01-05 was a Monday.
      return Math.floor((day / DAY - 4 - WEEKDAYS.indexOf(rule.weekStart)) / 7);
    default:
      return day / DAY;
  }
}

function timesOfDay(rule: RecurrenceRule, start: number): readonly number[] {
  const date = new Date(start);
  const hours = rule.byHour.length > 0 ? rule.byHour : [date.getUTCHours()];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [date.getUTCMinutes()];
  const seconds = rule.bySecond.length > 0 ? rule.bySecond : [date.getUTCSeconds()];
  return hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => ((h * 60 + m) * 60 + s) * 1000)));
}

function clockTimes({ rule, start }: NaiveSeries, end: number): readonly number[] {
  const unit = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 }[
    rule.freq as 'HOURLY' | 'MINUTELY' | 'SECONDLY'
  ];
  const first = new Date(start);
  const found = new Map<number, number[]>();
  const firstUnit = Math.floor(start / unit);
  for (let day = midnight(start); day < end; day += DAY) {
    if (!isRuleDay({ ...rule, freq: 'DAILY' }, day, day)) {
      continue;
    }
    for (let time = day; time < day + DAY; time += 1000) {
      const index = Math.floor(time / unit) - firstUnit;
      if (index >= 0 && index % rule.interval === 0 && isRuleTime(rule, new Date(time), first)) {
        found.set(index, [...(found.get(index) ?? []), time]);
      }
    }
  }
  return [...found.values()].flatMap((set) => pick(rule, set));
}

function isRuleTime(rule: RecurrenceRule, date: Date, first: Date): boolean {
  const passes = (list: readonly number[], value: number, given: number, isGiven: boolean): boolean =>
    list.length > 0 ? list.includes(value) : !isGiven || value === given;
  return (
    passes(rule.byHour, date.getUTCHours(), 0, false) &&
    passes(rule.byMinute, date.getUTCMinutes(), first.getUTCMinutes(), rule.freq === 'HOURLY') &&
    passes(rule.bySecond, date.getUTCSeconds(), first.getUTCSeconds(), rule.freq !== 'SECONDLY')
  );
}

function pick(rule: RecurrenceRule, set: readonly number[]): readonly number[] {
  if (rule.bySetPos.length === 0) {
    return set;
  }
  return set.filter(
    (_, index) => rule.bySetPos.includes(index + 1) || rule.bySetPos.includes(index - set.length),
  );
}

function midnight(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

function monthLength(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function yearLength(date: Date): number {
  return (Date.UTC(date.getUTCFullYear() + 1, 0, 1) - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY;
}

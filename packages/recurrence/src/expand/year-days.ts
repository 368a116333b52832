import { civilDate, dayNumber, daysInMonth, daysInYear, weekdayOf } from '../civil/civil-date.ts';
import { firstWeekStart, weekOf, weeksInYear } from '../civil/week-of-year.ts';
import { hasByDay } from './day-rule.ts';
import type { DayRule } from './day-rule.ts';
import { addMonthDays, addMoved } from './month-days.ts';
import { addWeekdays, matchesByDay } from './weekday-numbers.ts';

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/**
 * The days that a YEARLY rule has in a year, unsorted, by the table and notes of RFC 5545 section 3.3.10:
 * the narrowest part present makes candidates and the others limit them. `fallback` says what stands for
 * missing parts: DTSTART's day, or every day, for rules of shorter periods that the same parts limit.
 */
export function addYearDays(
  rule: DayRule,
  year: number,
  fallback: 'dtstart' | 'every',
  days: number[],
): void {
  if (rule.yearDays.length > 0) {
    addByYearDay(rule, year, days);
  } else if (rule.monthDays.length > 0) {
    for (const month of monthsOf(rule)) {
      addMonthDays(year, month, rule.monthDays, rule.skip, days);
    }
    keep(days, (day) => matchesWeek(rule, day) && matchesByDay(rule, day, ordinalScope(rule)));
  } else if (rule.weekNumbers.length > 0) {
    addByWeekNumber(rule, year, days);
  } else if (hasByDay(rule)) {
    addByWeekday(rule, year, days);
  } else if (fallback === 'dtstart') {
    for (const month of rule.months.length > 0 ? rule.months : [rule.start.month]) {
      addMonthDays(year, month, [rule.start.day], rule.skip, days);
    }
  } else {
    for (const month of monthsOf(rule)) {
      addRun(dayNumber(year, month, 1), daysInMonth(year, month), days);
    }
  }
}

function addByYearDay(rule: DayRule, year: number, days: number[]): void {
  const first = dayNumber(year, 1, 1);
  const length = daysInYear(year);
  // A year day that does not exist belongs to no week and to no day of a month; its month is the nearest.
  const mayMove = rule.weekNumbers.length === 0 && rule.monthDays.length === 0;
  for (const yearDay of rule.yearDays) {
    const offset = yearDay > 0 ? yearDay - 1 : length + yearDay;
    if (offset < 0 || offset >= length) {
      if (mayMove && matchesMonth(rule, offset < 0 ? 1 : 12)) {
        addMoved(first, length, offset < 0, rule.skip, days);
      }
    } else {
      const day = first + offset;
      if (matchesMonthAndMonthDay(rule, day) && matchesWeek(rule, day)) {
        days.push(day);
      }
    }
  }
  keep(days, (day) => matchesByDay(rule, day, ordinalScope(rule)));
}

/** BYDAY beside BYWEEKNO picks days of the weeks; without it, DTSTART's weekday stands for the missing part. */
function addByWeekNumber(rule: DayRule, year: number, days: number[]): void {
  const weekdays = rule.weekdays.length > 0 ? rule.weekdays : [rule.start.weekday];
  const first = dayNumber(year, 1, 1);
  const end = first + daysInYear(year);
  for (const weekYear of [year - 1, year, year + 1]) {
    const weekOne = firstWeekStart(weekYear, rule.weekStart);
    const weeks = weeksInYear(weekYear, rule.weekStart);
    for (const number of rule.weekNumbers) {
      const index = number > 0 ? number - 1 : weeks + number;
      if (index >= 0 && index < weeks) {
        addWeek(
          rule,
          weekOne + 7 * index,
          weekdays,
          (day) => day >= first && day < end && matchesMonth(rule, civilDate(day).month),
          days,
        );
      } else if (weekYear === year) {
        addMovedWeek(rule, weekOne, weeks, index < 0, weekdays, days);
      }
    }
  }
}

/** A week that the year lacks (53, or -53) moves to its neighbour as SKIP says. */
function addMovedWeek(
  rule: DayRule,
  weekOne: number,
  weeks: number,
  isEarly: boolean,
  weekdays: readonly number[],
  days: number[],
): void {
  const moved: number[] = [];
  addMoved(0, weeks, isEarly, rule.skip, moved);
  for (const index of moved) {
    addWeek(rule, weekOne + 7 * index, weekdays, (day) => matchesMonth(rule, civilDate(day).month), days);
  }
}

function addWeek(
  rule: DayRule,
  start: number,
  weekdays: readonly number[],
  isKept: (day: number) => boolean,
  days: number[],
): void {
  for (const weekday of weekdays) {
    const day = start + ((weekday - rule.weekStart + 7) % 7);
    if (isKept(day)) {
      days.push(day);
    }
  }
}

function addByWeekday(rule: DayRule, year: number, days: number[]): void {
  if (rule.months.length === 0) {
    addWeekdays(rule, dayNumber(year, 1, 1), daysInYear(year), days);
    return;
  }
  for (const month of rule.months) {
    addWeekdays(rule, dayNumber(year, month, 1), daysInMonth(year, month), days);
  }
}

/** Numbers before weekdays count within the month where BYMONTH is present, else within the year. */
function ordinalScope(rule: DayRule): 'month' | 'year' {
  return rule.months.length > 0 ? 'month' : 'year';
}

/** Whether a day passes BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY as limits, one by one. */
export function matchesDay(rule: DayRule, day: number): boolean {
  if (rule.weekdays.length > 0 && !rule.weekdays.includes(weekdayOf(day))) {
    return false;
  }
  if (rule.yearDays.length > 0) {
    const { year } = civilDate(day);
    const yearDay = day - dayNumber(year, 1, 1) + 1;
    if (!rule.yearDays.includes(yearDay) && !rule.yearDays.includes(yearDay - daysInYear(year) - 1)) {
      return false;
    }
  }
  return matchesMonthAndMonthDay(rule, day);
}

function matchesMonthAndMonthDay(rule: DayRule, day: number): boolean {
  if (rule.months.length === 0 && rule.monthDays.length === 0) {
    return true;
  }
  const date = civilDate(day);
  if (!matchesMonth(rule, date.month)) {
    return false;
  }
  return (
    rule.monthDays.length === 0 ||
    rule.monthDays.includes(date.day) ||
    rule.monthDays.includes(date.day - daysInMonth(date.year, date.month) - 1)
  );
}

function matchesMonth(rule: DayRule, month: number): boolean {
  return rule.months.length === 0 || rule.months.includes(month);
}

function matchesWeek(rule: DayRule, day: number): boolean {
  if (rule.weekNumbers.length === 0) {
    return true;
  }
  const { weekYear, week } = weekOf(day, rule.weekStart);
  return (
    rule.weekNumbers.includes(week) ||
    rule.weekNumbers.includes(week - weeksInYear(weekYear, rule.weekStart) - 1)
  );
}

function monthsOf(rule: DayRule): readonly number[] {
  return rule.months.length > 0 ? rule.months : ALL_MONTHS;
}

function addRun(first: number, length: number, days: number[]): void {
  for (let day = first; day < first + length; day += 1) {
    days.push(day);
  }
}

function keep(days: number[], isKept: (day: number) => boolean): void {
  let kept = 0;
  for (const day of days) {
    if (isKept(day)) {
      days[kept] = day;
      kept += 1;
    }
  }
  days.length = kept;
}

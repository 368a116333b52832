import { civilDate, dayNumber, isLeapYear, stepsPerCycle, weekdayOf } from '../civil/civil-date.ts';
import { sortDistinct } from './day-source.ts';
import type { DayRule } from './day-rule.ts';
import type { DaySource } from './day-source.ts';
import { addYearDays } from './year-days.ts';

/** FREQ=YEARLY: a chunk is a calendar year. */
export function yearlyDays(rule: DayRule): DaySource {
  const yearOf = (chunk: number): number => rule.start.year + chunk * rule.interval;
  return {
    slackDays: rule.skip === 'OMIT' ? 0 : rule.weekNumbers.length > 0 ? 14 : 1,
    cycleChunks: stepsPerCycle(400, rule.interval),
    uniformDays: undefined,
    mostDays: 366,
    chunkAt: (day) => Math.max(0, Math.ceil((civilDate(day).year - rule.start.year) / rule.interval)),
    startOf: (chunk) => dayNumber(yearOf(chunk), 1, 1),
    fill: (chunk, days) => {
      days.length = 0;
      addYearDays(rule, yearOf(chunk), 'dtstart', days);
      const found = days.length;
      sortDistinct(days);
      return 2 + 2 * candidates(rule) + 2 * found;
    },
    signature: (chunk) => yearSignature(yearOf(chunk)),
  };
}

/** What the days of a year depend on: its first weekday, and leap days in it and, for weeks, beside it. */
export function yearSignature(year: number): number {
  return (
    weekdayOf(dayNumber(year, 1, 1)) * 8 +
    Number(isLeapYear(year)) * 4 +
    Number(isLeapYear(year - 1)) * 2 +
    Number(isLeapYear(year + 1))
  );
}

/** How many candidates the parts make before limits apply, as a count of steps. */
export function candidates(rule: DayRule): number {
  if (rule.yearDays.length > 0) {
    return rule.yearDays.length;
  }
  if (rule.monthDays.length > 0) {
    return rule.monthDays.length * (rule.months.length || 12);
  }
  return rule.weekNumbers.length * 3 + rule.ordinals.length * (rule.months.length || 1);
}

import { civilDate, dayNumber, daysInMonth, stepsPerCycle, weekdayOf } from '../civil/civil-date.ts';
import { hasByDay } from './day-rule.ts';
import type { DayRule } from './day-rule.ts';
import { sortDistinct } from './day-source.ts';
import type { DaySource } from './day-source.ts';
import { addMonthDays } from './month-days.ts';
import { addWeekdays, matchesByDay } from './weekday-numbers.ts';

/** FREQ=MONTHLY: a chunk is a calendar month, by the MONTHLY column of RFC 5545 section 3.3.10 and its note 1. */
export function monthlyDays(rule: DayRule): DaySource {
  const startMonth = rule.start.year * 12 + rule.start.month - 1;
  const monthOf = (chunk: number): number => startMonth + chunk * rule.interval;
  const firstDay = (absolute: number): number => dayNumber(Math.floor(absolute / 12), (absolute % 12) + 1, 1);
  return {
    slackDays: rule.skip === 'OMIT' ? 0 : 1,
    cycleChunks: stepsPerCycle(4800, rule.interval),
    uniformDays: undefined,
    mostDays: 31,
    chunkAt: (day) => {
      const date = civilDate(day);
      return Math.max(0, Math.ceil((date.year * 12 + date.month - 1 - startMonth) / rule.interval));
    },
    startOf: (chunk) => firstDay(monthOf(chunk)),
    fill: (chunk, days) => {
      days.length = 0;
      const absolute = monthOf(chunk);
      addDaysOfMonth(rule, Math.floor(absolute / 12), (absolute % 12) + 1, days);
      sortDistinct(days);
      return 3 + 2 * rule.monthDays.length + rule.ordinals.length + days.length;
    },
    signature: (chunk) => {
      const absolute = monthOf(chunk);
      const month = (absolute % 12) + 1;
      const length = daysInMonth(Math.floor(absolute / 12), month);
      return (month * 4 + length - 28) * 7 + weekdayOf(firstDay(absolute));
    },
  };
}

function addDaysOfMonth(rule: DayRule, year: number, month: number, days: number[]): void {
  if (rule.months.length > 0 && !rule.months.includes(month)) {
    return;
  }
  if (rule.monthDays.length > 0) {
    addMonthDays(year, month, rule.monthDays, rule.skip, days);
    const kept = days.filter((day) => matchesByDay(rule, day, 'month'));
    days.length = 0;
    days.push(...kept);
  } else if (hasByDay(rule)) {
    addWeekdays(rule, dayNumber(year, month, 1), daysInMonth(year, month), days);
  } else {
    addMonthDays(year, month, [rule.start.day], rule.skip, days);
  }
}

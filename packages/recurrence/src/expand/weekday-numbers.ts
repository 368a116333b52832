import { civilDate, dayNumber, daysInMonth, daysInYear, weekdayOf } from '../civil/civil-date.ts';
import type { DayRule } from './day-rule.ts';

/** BYDAY as an expansion within `length` days from `first`: all its weekdays, and the numbered ones. */
export function addWeekdays(rule: DayRule, first: number, length: number, days: number[]): void {
  const firstWeekday = weekdayOf(first);
  // In order of days as they come, which saves sorting them.
  const offsets = rule.weekdays.map((weekday) => (weekday - firstWeekday + 7) % 7).sort((a, b) => a - b);
  for (let week = first; week < first + length && offsets.length > 0; week += 7) {
    for (const offset of offsets) {
      if (week + offset < first + length) {
        days.push(week + offset);
      }
    }
  }
  for (const { weekday, ordinal } of rule.ordinals) {
    const earliest = first + ((weekday - firstWeekday + 7) % 7);
    const latest = earliest + 7 * Math.floor((first + length - 1 - earliest) / 7);
    const day = ordinal > 0 ? earliest + 7 * (ordinal - 1) : latest + 7 * (ordinal + 1);
    if (day >= first && day < first + length) {
      days.push(day);
    }
  }
}

/** BYDAY as a limit; numbers count within the month or the year of the day. */
export function matchesByDay(rule: DayRule, day: number, within: 'month' | 'year'): boolean {
  if (rule.weekdays.length === 0 && rule.ordinals.length === 0) {
    return true;
  }
  const weekday = weekdayOf(day);
  if (rule.weekdays.includes(weekday)) {
    return true;
  }
  if (!rule.ordinals.some((entry) => entry.weekday === weekday)) {
    return false;
  }
  const date = civilDate(day);
  const first = within === 'month' ? dayNumber(date.year, date.month, 1) : dayNumber(date.year, 1, 1);
  const length = within === 'month' ? daysInMonth(date.year, date.month) : daysInYear(date.year);
  const fromStart = Math.floor((day - first) / 7) + 1;
  const fromEnd = -Math.floor((first + length - 1 - day) / 7) - 1;
  return rule.ordinals.some(
    (entry) => entry.weekday === weekday && (entry.ordinal === fromStart || entry.ordinal === fromEnd),
  );
}

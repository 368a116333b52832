import { civilDate, dayNumber, weekdayOf } from './civil-date.ts';

/**
 * Weeks of the year as RFC 5545 section 3.3.10 defines them for BYWEEKNO: seven days from `weekStart`
 * (0 is Monday), the first being the one with at least four days in the year.
 */
export function firstWeekStart(year: number, weekStart: number): number {
  const newYear = dayNumber(year, 1, 1);
  const daysIntoWeek = (weekdayOf(newYear) - weekStart + 7) % 7;
  return daysIntoWeek <= 3 ? newYear - daysIntoWeek : newYear - daysIntoWeek + 7;
}

export function weeksInYear(year: number, weekStart: number): number {
  return (firstWeekStart(year + 1, weekStart) - firstWeekStart(year, weekStart)) / 7;
}

/** The year whose weeks the day belongs to, which near New Year is not always the day's own, and the week. */
export function weekOf(day: number, weekStart: number): { readonly weekYear: number; readonly week: number } {
  const { year } = civilDate(day);
  let weekYear = year;
  if (day >= firstWeekStart(year + 1, weekStart)) {
    weekYear = year + 1;
  } else if (day < firstWeekStart(year, weekStart)) {
    weekYear = year - 1;
  }
  return { weekYear, week: Math.floor((day - firstWeekStart(weekYear, weekStart)) / 7) + 1 };
}

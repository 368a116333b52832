import { dayNumber, daysInMonth } from '../civil/civil-date.ts';
import type { Skip } from '../rule/recurrence-rule.ts';

/**
 * The given days of a month, negative ones from its end. A day that the month lacks is left out or moved to
 * its neighbour, as `skip` says (RFC 7529 section 4.1): 31 April becomes 30 April or 1 May, and the 31st
 * day from the end of April the last of March or 1 April.
 */
export function addMonthDays(
  year: number,
  month: number,
  monthDays: readonly number[],
  skip: Skip,
  days: number[],
): void {
  const first = dayNumber(year, month, 1);
  const length = daysInMonth(year, month);
  for (const monthDay of monthDays) {
    const offset = monthDay > 0 ? monthDay - 1 : length + monthDay;
    if (offset >= 0 && offset < length) {
      days.push(first + offset);
    } else {
      addMoved(first, length, offset < 0, skip, days);
    }
  }
}

/** A day before (`isEarly`) or after a stretch of days, moved to the nearest valid one in the skip's direction. */
export function addMoved(first: number, length: number, isEarly: boolean, skip: Skip, days: number[]): void {
  if (skip === 'BACKWARD') {
    days.push(isEarly ? first - 1 : first + length - 1);
  } else if (skip === 'FORWARD') {
    days.push(isEarly ? first : first + length);
  }
}

import { daysFromCivil, daysInMonth } from '../time/civil.ts';
import type { Interval } from '../time/instant.ts';
import { startOfLocalDay } from '../time/local-time.ts';
import { dateToUtcMs, DAY_MS, type PlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';

/** The periods that are listed by a date. */
export type PeriodKind = 'day' | 'week' | 'month';

/**
 * The day, the 7 days, or the month from a date on, in a zone: from local midnight to local midnight,
 * so a day with a clock change has 23 or 25 hours. A day that the zone skipped has none.
 */
export function periodFrom(kind: PeriodKind, date: PlainDate, zone: TimeZoneId): Interval {
  const firstMs = dateToUtcMs(date);
  return { start: startOfLocalDay(zone, firstMs), end: startOfLocalDay(zone, endMs(kind, date, firstMs)) };
}

function endMs(kind: PeriodKind, date: PlainDate, firstMs: number): number {
  switch (kind) {
    case 'day':
      return firstMs + DAY_MS;
    case 'week':
      return firstMs + 7 * DAY_MS;
    case 'month':
      return sameDayOfNextMonth(date) * DAY_MS;
    default:
      return kind satisfies never;
  }
}

/** Days since 1970; the day is clamped to the last of the month: 31 January gives 28 or 29 February. */
function sameDayOfNextMonth(date: PlainDate): number {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return daysFromCivil(
    nextYear,
    nextMonth,
    Math.min(Number(date.slice(8, 10)), daysInMonth(nextYear, nextMonth)),
  );
}

import { toInstant, type Instant } from '../time/instant.ts';

/** How long events are kept after their end, in the units of the calendar: a year is a year, leap or not. */
export interface KeepPeriod {
  readonly months: number;
  readonly days: number;
}

const FORM = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** Reads `P1Y`, `P18M`, `P90D` and their combinations. @returns undefined where it is none, or is no time at all. */
export function parseKeepPeriod(text: string): KeepPeriod | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [years, months, weeks, days] = match.slice(1).map((digits) => Number(digits ?? 0));
  const period = { months: (years ?? 0) * 12 + (months ?? 0), days: (weeks ?? 0) * 7 + (days ?? 0) };
  return period.months + period.days > 0 ? period : undefined;
}

/** The same day and hour (UTC), a period earlier; the day is clamped: a year before 29 February is 28 February. */
export function goBack(now: Instant, { months, days }: KeepPeriod): Instant {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay) - days);
  return toInstant(date.getTime());
}

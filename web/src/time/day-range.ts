import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;

/** Days in a row, as they are in one zone. */
export interface DayRange {
  readonly zone: string;
  readonly dates: readonly Temporal.PlainDate[];
  /** The first day, in days since 1970. */
  readonly firstDay: number;
  /** When each day begins, in epoch milliseconds; one more than there are days: the last is the end. */
  readonly startsMs: readonly number[];
}

/** A day with a clock change is 23 or 25 hours long; one whose midnight is skipped begins later. */
export function makeDayRange(first: Temporal.PlainDate, count: number, zone: string): DayRange {
  const dates = Array.from({ length: count }, (_, i) => first.add({ days: i }));
  const startsMs = [...dates, first.add({ days: count })].map(
    (date) => date.toZonedDateTime(zone).epochMilliseconds,
  );
  return { zone, dates, firstDay: toEpochDay(first.toString()), startsMs };
}

/** `2026-11-23` as days since 1970. */
export function toEpochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function fromEpochDay(day: number): Temporal.PlainDate {
  return Temporal.PlainDate.from('1970-01-01').add({ days: day });
}

/** The index of the day that an instant is in: -1 before the first, the number of days after the last. */
export function findDay({ startsMs }: DayRange, ms: number): number {
  let low = 0;
  let high = startsMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((startsMs[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Minutes since midnight that a clock on the wall shows; the clock decides, not how long the day has been. */
export function readWallMinutes({ zone, startsMs }: DayRange, day: number, ms: number): number {
  const start = startsMs[day] ?? ms;
  const isPlain = (startsMs[day + 1] ?? start) - start === DAY_MS;
  if (isPlain) return (ms - start) / 60_000;
  const { hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return hour * 60 + minute + second / 60;
}

/**
 * The instant at which the wall clock shows so many minutes. An hour that a clock change skips moves on by the
 * gap; of one that comes twice, the first is meant.
 */
export function toInstantMs(date: Temporal.PlainDate, minutes: number, zone: string): number {
  const wall = date.toPlainDateTime().add({ minutes });
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

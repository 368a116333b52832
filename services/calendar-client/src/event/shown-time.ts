import { Temporal } from 'temporal-polyfill';
import { formatDay, formatTime } from '../time/format-time.ts';
import { formatLength } from '../time/length.ts';
import type { Signs } from '../text/style.ts';

/** When an event or occurrence is, as the API says it. */
export interface ApiTimes {
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  readonly timeZone: string;
}

/** When something is, for a person in a zone. */
export type ShownTime =
  | { readonly kind: 'timed'; readonly start: Temporal.ZonedDateTime; readonly end: Temporal.ZonedDateTime }
  /** `end` is exclusive. */
  | { readonly kind: 'all-day'; readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate };

export function toShownTime({ start, end, allDay }: ApiTimes, zone: string): ShownTime {
  if (allDay)
    return { kind: 'all-day', start: Temporal.PlainDate.from(start), end: Temporal.PlainDate.from(end) };
  return {
    kind: 'timed',
    start: Temporal.Instant.from(start).toZonedDateTimeISO(zone),
    end: Temporal.Instant.from(end).toZonedDateTimeISO(zone),
  };
}

/** The instant that it begins at, in the person's zone. */
export function startOf(time: ShownTime, zone: string): Temporal.Instant {
  return (time.kind === 'timed' ? time.start : time.start.toZonedDateTime(zone)).toInstant();
}

/** The first and the last day that it touches in the person's zone, both inclusive. */
export function daysOf(time: ShownTime): {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
} {
  if (time.kind === 'all-day') return { first: time.start, last: time.end.subtract({ days: 1 }) };
  const first = time.start.toPlainDate();
  const last = time.end.subtract({ milliseconds: 1 }).toPlainDate();
  return { first, last: Temporal.PlainDate.compare(last, first) < 0 ? first : last };
}

/** `Mon 23 Nov 2026, 09:00–09:45 (45 min)`; days are inclusive, as people say them. */
export function describeTime(time: ShownTime, { dash }: Signs): string {
  const { first, last } = daysOf(time);
  const length = `(${formatLength(lengthOf(time))})`;
  if (time.kind === 'all-day') {
    if (first.equals(last)) return `${formatDay(first)}, all day`;
    return `${formatDay(first)} ${dash} ${formatDay(last)}, all day ${length}`;
  }
  const from = `${formatDay(first)}, ${formatTime(time.start)}`;
  const endDay = time.end.toPlainDate();
  // Midnight ends the day that it closes.
  if (endDay.equals(first)) return `${from}${dash}${formatTime(time.end)} ${length}`;
  if (first.equals(last)) return `${from}${dash}24:00 ${length}`;
  return `${from} ${dash} ${formatDay(endDay)}, ${formatTime(time.end)} ${length}`;
}

export function lengthOf(time: ShownTime): { readonly days: number; readonly minutes: number } {
  if (time.kind === 'all-day') return { days: time.start.until(time.end).days, minutes: 0 };
  const minutes = Math.round((time.end.epochMilliseconds - time.start.epochMilliseconds) / 60_000);
  return minutes % 1440 === 0 && minutes > 0 ? { days: minutes / 1440, minutes: 0 } : { days: 0, minutes };
}

/**
 * Where the event's own zone shows another clock than the person's: `15:00 in America/New_York`, for an
 * all-day event the zone alone. Undefined where both agree.
 */
export function describeOtherZone({ start, allDay, timeZone }: ApiTimes, zone: string): string | undefined {
  if (timeZone === zone) return undefined;
  try {
    if (allDay) {
      const date = Temporal.PlainDate.from(start);
      const same =
        date.toZonedDateTime(timeZone).epochMilliseconds === date.toZonedDateTime(zone).epochMilliseconds;
      return same ? undefined : `in ${timeZone}`;
    }
    const there = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone);
    if (there.offsetNanoseconds === there.withTimeZone(zone).offsetNanoseconds) return undefined;
    return `${formatTime(there)} in ${timeZone}`;
  } catch {
    // The zone is younger than the zones that this machine knows.
    return `in ${timeZone}`;
  }
}

import { Temporal } from 'temporal-polyfill';
import { findDay, fromEpochDay, toEpochDay, type DayRange } from './day-range.ts';

/** When something is: from instant to instant (epoch milliseconds), or from day to day (since 1970). Ends are exclusive. */
export type Span =
  | { readonly kind: 'timed'; readonly startMs: number; readonly endMs: number }
  | { readonly kind: 'all-day'; readonly startDay: number; readonly endDay: number };

/** The first and the last of the days that something touches, as indexes into the range. */
export interface Placed {
  readonly first: number;
  readonly last: number;
}

/** Where a span lies in the range, also beyond its ends; undefined where it touches none of its days. */
export function placeSpan(span: Span, range: DayRange): Placed | undefined {
  const count = range.dates.length;
  if (span.kind === 'all-day') {
    const first = span.startDay - range.firstDay;
    const last = span.endDay - 1 - range.firstDay;
    return last < 0 || first >= count ? undefined : { first, last };
  }
  const first = findDay(range, span.startMs);
  // The end is exclusive: what ends at midnight does not touch the next day.
  const last = findDay(range, Math.max(span.startMs, span.endMs - 1));
  return last < 0 || first >= count ? undefined : { first, last };
}

/** Reads the times of the API: RFC 3339, or dates where it is all-day. */
export function readSpan({
  start,
  end,
  all_day,
}: {
  readonly start: string;
  readonly end: string;
  readonly all_day: boolean;
}): Span {
  if (all_day) return { kind: 'all-day', startDay: toEpochDay(start), endDay: toEpochDay(end) };
  return { kind: 'timed', startMs: Date.parse(start), endMs: Date.parse(end) };
}

/** Spells the times for the API, in the zone of the event. */
export function writeSpan(
  span: Span,
  zone: string,
): { readonly start: string; readonly end: string; readonly all_day: boolean } {
  if (span.kind === 'all-day') {
    const { startDay, endDay } = span;
    return { start: fromEpochDay(startDay).toString(), end: fromEpochDay(endDay).toString(), all_day: true };
  }
  const write = (ms: number): string => inZone(ms, zone).toString({ timeZoneName: 'never' });
  return { start: write(span.startMs), end: write(span.endMs), all_day: false };
}

/**
 * Moves by days and by minutes of the wall clock in a zone. The hour on the clock stays across a clock change, and
 * so does the length.
 */
export function moveSpan(
  span: Span,
  { days = 0, minutes = 0 }: { readonly days?: number; readonly minutes?: number },
  zone: string,
): Span {
  if (span.kind === 'all-day') {
    return { kind: 'all-day', startDay: span.startDay + days, endDay: span.endDay + days };
  }
  const wall = inZone(span.startMs, zone).toPlainDateTime().add({ days }).add({ minutes });
  const startMs = wall.toZonedDateTime(zone).epochMilliseconds;
  return { kind: 'timed', startMs, endMs: startMs + span.endMs - span.startMs };
}

/**
 * Where the rest of a series is when one of it goes from one span to another: moved as far on the wall clock of its zone,
 * and as long. What is of another kind than the one stays.
 */
export function followSpan(span: Span, from: Span, to: Span, zone: string): Span {
  if (span.kind === 'all-day' && from.kind === 'all-day' && to.kind === 'all-day') {
    const startDay = span.startDay + to.startDay - from.startDay;
    return { kind: 'all-day', startDay, endDay: startDay + to.endDay - to.startDay };
  }
  if (span.kind !== 'timed' || from.kind !== 'timed' || to.kind !== 'timed') return span;
  const wall = (ms: number): Temporal.PlainDateTime => inZone(ms, zone).toPlainDateTime();
  const shift = wall(from.startMs).until(wall(to.startMs));
  const startMs = wall(span.startMs).add(shift).toZonedDateTime(zone).epochMilliseconds;
  return { kind: 'timed', startMs, endMs: startMs + to.endMs - to.startMs };
}

/** Moves the end; the span keeps at least the shortest length that can be grabbed again. */
export function resizeSpan(span: Span, endMs: number, shortestMs: number): Span {
  if (span.kind === 'all-day') return span;
  return { ...span, endMs: Math.max(endMs, span.startMs + shortestMs) };
}

export function isSameSpan(a: Span, b: Span): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function inZone(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

import type { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import type { Slot } from './free-slots.ts';

/** Hours of a day on the wall clock, in minutes after midnight: 9:00 to 17:00 is 540 to 1020. */
export interface Hours {
  readonly startMinutes: number;
  readonly endMinutes: number;
}

/**
 * Reads `9-17`, `8:30-12:00`, `0-24`.
 * @throws UsageError
 */
export function parseHours(text: string): Hours {
  const match = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
  const [startHour, startMinute, endHour, endMinute] = (match ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const startMinutes = (startHour ?? 0) * 60 + (startMinute ?? 0);
  const endMinutes = (endHour ?? 0) * 60 + (endMinute ?? 0);
  const isSane =
    (startMinute ?? 0) < 60 && (endMinute ?? 0) < 60 && endMinutes <= 1440 && startMinutes < endMinutes;
  if (match && isSane) return { startMinutes, endMinutes };
  throw new UsageError(
    `--hours: '${text}' is not allowed; allowed are two times of a day such as 9-17 or 8:30-12:00`,
  );
}

/** The hours of each day, as instants; a clock change makes a window shorter or longer. */
export function toDayWindows(
  days: readonly Temporal.PlainDate[],
  hours: Hours,
  zone: string,
): readonly Slot[] {
  const at = (date: Temporal.PlainDate, minutes: number): number =>
    date.toPlainDateTime().add({ minutes }).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds;
  return days
    .map((date) => ({ start: at(date, hours.startMinutes), end: at(date, hours.endMinutes) }))
    .filter(({ start, end }) => start < end);
}

/** Leaves out what lies before an instant. */
export function clipBefore(windows: readonly Slot[], fromMs: number): readonly Slot[] {
  return windows
    .map(({ start, end }) => ({ start: Math.max(start, fromMs), end }))
    .filter(({ start, end }) => start < end);
}

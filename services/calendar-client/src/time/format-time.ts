import type { Temporal } from 'temporal-polyfill';
import { capitalize, MONTHS, WEEKDAYS } from './words.ts';

/** `Mon 23 Nov 2026`. */
export function formatDay(date: Temporal.PlainDate): string {
  const weekday = capitalize(WEEKDAYS[date.dayOfWeek - 1]?.[1] ?? '');
  const month = capitalize(MONTHS[date.month - 1]?.[1] ?? '');
  return `${weekday} ${date.day} ${month} ${date.year}`;
}

/** `Monday 23 November 2026`. */
export function formatLongDay(date: Temporal.PlainDate): string {
  return `${capitalize(WEEKDAYS[date.dayOfWeek - 1]?.[0] ?? '')} ${date.day} ${formatMonth(date)}`;
}

/** `November 2026`. */
export function formatMonth(date: Temporal.PlainDate): string {
  return `${capitalize(MONTHS[date.month - 1]?.[0] ?? '')} ${date.year}`;
}

/** `09:00`; seconds only where there are some. */
export function formatTime(time: {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}): string {
  const parts = time.second === 0 ? [time.hour, time.minute] : [time.hour, time.minute, time.second];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

import { Temporal } from 'temporal-polyfill';
import { fromEpochDay, toInstantMs } from '../../time/day-range.ts';
import { inZone, type Span } from '../../time/span.ts';

const MORNING_MINUTES = 9 * 60;
const HOUR_MS = 3_600_000;

/**
 * What a person means who points at days without saying a time: over several days all-day; on one day an hour, in the
 * morning, or the next full hour where the day is today.
 */
export function spanOfDays(first: number, last: number, zone: string, nowMs: number = Date.now()): Span {
  if (last > first) return { kind: 'all-day', startDay: first, endDay: last + 1 };
  const date = fromEpochDay(first);
  const now = inZone(nowMs, zone);
  const isToday = Temporal.PlainDate.compare(date, now.toPlainDate()) === 0;
  const minutes = isToday ? Math.min(now.hour + 1, 23) * 60 : MORNING_MINUTES;
  const startMs = toInstantMs(date, minutes, zone);
  return { kind: 'timed', startMs, endMs: startMs + HOUR_MS };
}

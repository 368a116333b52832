import { parseDuration } from '../time/duration.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import { toLocalMs } from '../time/local-time.ts';
import { DAY_MS } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import { resolveForward } from '../time/wall-time.ts';

/**
 * When a reminder of something that starts at `start` is due. Days are days of the calendar in the zone: `P1D`
 * before 9:00 is 9:00 the day before, also where a clock change makes that 23 or 25 hours. Time is exact:
 * `PT24H` is 24 hours (RFC 5545 section 3.3.6). An hour that the clocks skip is read as in recurrences.
 */
export function dueAt(start: Instant, before: string, zone: TimeZoneId): Instant {
  const { days, seconds } = parseDuration(before);
  const day = days === 0 ? start : resolveForward(zone, toLocalMs(zone, start) - days * DAY_MS);
  return toInstant(day - seconds * 1000);
}

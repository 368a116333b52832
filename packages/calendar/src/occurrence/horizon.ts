import { MAX_INSTANT, toInstant, type Instant } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import { spanOf } from './occurrence.ts';
import type { EventTiming } from './series-of.ts';

/** How far ahead of the present the occurrences of endless series are rows. */
export const HORIZON_MS = 731 * DAY_MS;

/** The instant up to which endless series have rows: two years from now. */
export function horizonFrom(now: Instant): Instant {
  return toInstant(now + HORIZON_MS);
}

/**
 * The horizon of a series that is written: two years from its start where that lies ahead, so that two series
 * that begin later are compared with each other, too.
 */
export function horizonOf({ schedule, timeZone }: EventTiming, now: Instant): Instant {
  const { start } = spanOf(schedule, timeZone);
  return toInstant(Math.min(Math.max(horizonFrom(now), start + HORIZON_MS), MAX_INSTANT));
}

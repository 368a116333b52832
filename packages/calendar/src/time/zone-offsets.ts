import { zoneOffsets } from '@daywatch/recurrence';
import { toInstant, type Instant } from './instant.ts';
import type { TimeZoneId } from './time-zone.ts';

/** The zone's offset from UTC at the instant, in milliseconds, positive east of Greenwich. */
export function offsetAt(zone: TimeZoneId, instant: Instant): number {
  return zoneOffsets(zone).offsetAt(Math.floor(instant / 1000)) * 1000;
}

/**
 * The end of a stretch of time from `instant` on in which the zone keeps its offset. The next stretch may have
 * the same one: no change lies before the end, and not always one at it.
 */
export function stretchEnd(zone: TimeZoneId, instant: Instant): Instant {
  return toInstant(zoneOffsets(zone).stretchAt(Math.floor(instant / 1000)).to * 1000);
}

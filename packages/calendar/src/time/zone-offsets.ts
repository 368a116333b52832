import { Temporal } from 'temporal-polyfill';
import { toInstant, type Instant } from './instant.ts';
import type { TimeZoneId } from './time-zone.ts';

/** A stretch of time during which a zone keeps one offset from UTC. */
interface Stretch {
  /** First millisecond of it; -Infinity where the zone's history begins. */
  readonly startMs: number;
  /** First millisecond after it; Infinity where no further change is known. */
  readonly endMs: number;
  readonly offsetMs: number;
}

/** Zones remember at most this many stretches between them: bounded memory under hostile input. */
const MAX_STRETCHES = 20_000;

const stretchesByZone = new Map<TimeZoneId, Stretch[]>();
let stretchCount = 0;

/** The zone's offset from UTC at the instant, in milliseconds, positive east of Greenwich. */
export function offsetAt(zone: TimeZoneId, instant: Instant): number {
  return stretchAt(zone, instant).offsetMs;
}

/** The instant from which on the offset that holds at `instant` is no longer kept, if there is one. */
export function nextTransition(zone: TimeZoneId, instant: Instant): Instant | undefined {
  const { endMs } = stretchAt(zone, instant);
  return endMs === Infinity ? undefined : toInstant(endMs);
}

function stretchAt(zone: TimeZoneId, instant: Instant): Stretch {
  const stretches = stretchesByZone.get(zone) ?? [];
  // Newest first: what was asked for last is asked for again.
  for (let i = stretches.length - 1; i >= 0; i--) {
    const stretch = stretches[i] as Stretch;
    if (instant >= stretch.startMs && instant < stretch.endMs) return stretch;
  }
  return remember(zone, computeStretch(zone, instant));
}

function remember(zone: TimeZoneId, stretch: Stretch): Stretch {
  if (stretchCount >= MAX_STRETCHES) {
    stretchesByZone.clear();
    stretchCount = 0;
  }
  const stretches = stretchesByZone.get(zone) ?? [];
  stretches.push(stretch);
  stretchCount++;
  stretchesByZone.set(zone, stretches);
  return stretch;
}

function computeStretch(zone: TimeZoneId, instant: Instant): Stretch {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const next = zoned.getTimeZoneTransition('next');
  // 'previous' is exclusive: ask from just after, so that a change at this very instant is found.
  const previous = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    startMs: previous?.epochMilliseconds ?? -Infinity,
    endMs: next?.epochMilliseconds ?? Infinity,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
}

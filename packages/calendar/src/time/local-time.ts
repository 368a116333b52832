import { toInstant, type Instant } from './instant.ts';
import { dateToUtcMs, type PlainDate } from './plain-date.ts';
import type { TimeZoneId } from './time-zone.ts';
import { offsetAt, stretchEnd } from './zone-offsets.ts';

/** No zone is further than this from UTC, in either direction. */
const MAX_OFFSET_MS = 26 * 3_600_000;

/** What a wall-clock time means in a zone. `localMs` values are wall-clock times read as if they were UTC. */
export type LocalResolution =
  | { readonly kind: 'instant'; readonly instant: Instant }
  /** A clock change removes it: clocks jump from `gapStartMs` to `gapEndMs` (both wall clock). */
  | { readonly kind: 'gap'; readonly gapStartMs: number; readonly gapEndMs: number; readonly after: Instant };

/** Resolves a wall-clock time; one that a clock change doubles is the earlier of the two. */
export function resolveLocal(zone: TimeZoneId, localMs: number): LocalResolution {
  // Walk the few offsets that are in force around that time, from the earliest on: the first that
  // maps back to itself is the earlier reading, and one that jumps over it shows the gap.
  let probe = toInstant(localMs - MAX_OFFSET_MS);
  for (;;) {
    const offsetMs = offsetAt(zone, probe);
    const end = stretchEnd(zone, probe);
    const candidate = toInstant(localMs - offsetMs);
    if (candidate < end) {
      if (candidate >= probe) return { kind: 'instant', instant: candidate };
    } else {
      const nextOffsetMs = offsetAt(zone, end);
      if (localMs - nextOffsetMs < end) {
        return { kind: 'gap', gapStartMs: end + offsetMs, gapEndMs: end + nextOffsetMs, after: end };
      }
    }
    probe = end;
  }
}

/** The first instant of a date in a zone: local midnight, or the end of the gap that swallows it. */
export function startOfDay(zone: TimeZoneId, date: PlainDate): Instant {
  return startOfLocalDay(zone, dateToUtcMs(date));
}

/** The same for a local midnight that is given as if it were UTC; it may lie past the year 9999. */
export function startOfLocalDay(zone: TimeZoneId, localMs: number): Instant {
  const resolution = resolveLocal(zone, localMs);
  return resolution.kind === 'instant' ? resolution.instant : resolution.after;
}

/** The wall-clock time in the zone, read as if it were UTC. */
export function toLocalMs(zone: TimeZoneId, instant: Instant): number {
  return instant + offsetAt(zone, instant);
}

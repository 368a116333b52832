import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

/**
 * Turns wall-clock times of a zone into instants as RFC 5545 section 3.3.5 has it: a time that a clock
 * change removed is read with the offset before the change, which moves it forward by the gap; one that
 * occurs twice is the first. It remembers the current stretch without a change, since times come in order.
 */
export class LocalResolver {
  readonly #zone: ZoneOffsets;
  #from = 0;
  #to = 0;
  #offset = 0;
  /** Whether the last resolved time was one that the clocks skip. */
  wasInGap = false;

  constructor(zone: ZoneOffsets) {
    this.#zone = zone;
  }

  /** Seconds since 1970 UTC of a wall-clock time given in civil seconds since 1970. */
  resolve(localSeconds: number): number {
    if (localSeconds >= this.#from && localSeconds < this.#to) {
      this.wasInGap = false;
      return localSeconds - this.#offset;
    }
    return this.#resolveSlowly(localSeconds);
  }

  #resolveSlowly(localSeconds: number): number {
    // Offsets are less than a day, so a day before and after lie on either side of a change near this time.
    const stretch = this.#zone.stretchAt(localSeconds);
    this.#from = stretch.from + SECONDS_PER_DAY;
    this.#to = stretch.to - SECONDS_PER_DAY;
    this.#offset = stretch.offset;
    this.wasInGap = false;
    if (localSeconds >= this.#from && localSeconds < this.#to) {
      return localSeconds - this.#offset;
    }
    const before = this.#zone.offsetAt(localSeconds - SECONDS_PER_DAY);
    const after = this.#zone.offsetAt(localSeconds + SECONDS_PER_DAY);
    // Changes are further apart than these two days: where both sides agree, there is none between them.
    if (before === after || this.#zone.offsetAt(localSeconds - before) === before) {
      return localSeconds - before;
    }
    if (this.#zone.offsetAt(localSeconds - after) === after) {
      return localSeconds - after;
    }
    this.wasInGap = true;
    return localSeconds - before;
  }
}

/** Least and greatest offset in effect at an instant or in the two days before it. */
export function offsetsAround(
  zone: ZoneOffsets,
  epochSeconds: number,
): { readonly least: number; readonly most: number } {
  const { from, offset: now } = zone.stretchAt(epochSeconds);
  const earlierAt = epochSeconds - 2 * SECONDS_PER_DAY;
  const earlier = from <= earlierAt ? now : zone.offsetAt(earlierAt);
  return { least: Math.min(now, earlier), most: Math.max(now, earlier) };
}

import { civilDate, dayNumber, isLeapYear, SECONDS_PER_DAY, weekdayOf } from '../civil/civil-date.ts';
import { RecurrenceError } from '../recurrence-error.ts';

/** A stretch of time with the offsets in effect: `offsets[i]` holds before `changes[i]`, the last one after. */
interface Segment {
  readonly changes: readonly number[];
  readonly offsets: readonly [number, ...number[]];
}

/** A stretch `[from, to)` of time in which a zone has one offset; all in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Before this no zone has a change: each is on the mean time of its place. */
const FIRST_CHANGE = dayNumber(1800, 1, 1) * SECONDS_PER_DAY;
/**
 * From here on every zone follows yearly rules of month and weekday, so that a year's changes depend on the
 * year's first weekday and leap day alone. Later times are folded into a like year of 2104 to 2131, which has all
 * fourteen kinds: that keeps the table bounded, and the year 9000 warm.
 */
const RULES_ONLY = dayNumber(2100, 1, 1) * SECONDS_PER_DAY;
const LIKE_YEARS = { first: 2104, count: 28 } as const;

const SEGMENT_SECONDS = 24 * SECONDS_PER_DAY;
/** The two closest changes that cancel each other (Freetown, 1939) are 3.99 days apart; probes are closer. */
const PROBE_SECONDS = 3 * SECONDS_PER_DAY;
/** Nearly all changes fall on a quarter of an hour, which is tried before single seconds. */
const QUARTER = 900;

/**
 * The offsets of one zone, found by probing the runtime's time-zone database and kept: at most about
 * 5,000 segments of 24 days, each made when first asked for. All times are in seconds since 1970 UTC.
 */
export class ZoneOffsets {
  readonly id: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #segments = new Map<number, Segment>();

  constructor(id: string) {
    this.id = id;
    try {
      // British English counts hours from 0 to 23 by itself; asking for that takes twice as long to make.
      this.#format = new Intl.DateTimeFormat('en-GB', {
        timeZone: id,
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new RecurrenceError('invalid_time_zone', `"${id.slice(0, 60)}" is not a known time zone.`, {
        part: 'timeZone',
        value: id.slice(0, 60),
        allowed: 'an IANA time zone such as Europe/Berlin',
      });
    }
  }

  /** Seconds that the zone's clocks are ahead of UTC at this instant. */
  offsetAt(epochSeconds: number): number {
    const folded = fold(epochSeconds);
    const { changes, offsets } = this.#segmentAt(folded);
    return offsets[changesUpTo(changes, folded)] as number;
  }

  /**
   * A stretch `[from, to)` around the instant in which the offset does not change, as far as is known without
   * further probing: the next stretch may have the same offset.
   */
  stretchAt(epochSeconds: number): Stretch {
    const folded = fold(epochSeconds);
    const { changes, offsets } = this.#segmentAt(folded);
    const index = changesUpTo(changes, folded);
    const offset = offsets[index] as number;
    if (epochSeconds < FIRST_CHANGE) {
      return { from: -Infinity, to: FIRST_CHANGE, offset };
    }
    const shift = epochSeconds - folded;
    const start = RULES_ONLY + segmentIndex(folded) * SEGMENT_SECONDS;
    const from = shift + (changes[index - 1] ?? start);
    const to = shift + (changes[index] ?? start + SEGMENT_SECONDS);
    if (epochSeconds < RULES_ONLY) {
      return { from, to: Math.min(to, RULES_ONLY), offset };
    }
    const year = foldedYearAt(epochSeconds);
    return { from: Math.max(from, year.from), to: Math.min(to, year.to), offset };
  }

  #segmentAt(folded: number): Segment {
    const index = segmentIndex(folded);
    let segment = this.#segments.get(index);
    if (segment === undefined) {
      segment = this.#probeSegment(RULES_ONLY + index * SEGMENT_SECONDS);
      this.#segments.set(index, segment);
    }
    return segment;
  }

  #probeSegment(start: number): Segment {
    const changes: number[] = [];
    const offsets: [number, ...number[]] = [this.#probe(start)];
    let known = offsets[0];
    for (let time = start; time < start + SEGMENT_SECONDS; time += PROBE_SECONDS) {
      const next = this.#probe(time + PROBE_SECONDS);
      if (next !== known) {
        changes.push(this.#findChange(time, time + PROBE_SECONDS, known));
        offsets.push(next);
        known = next;
      }
    }
    return { changes, offsets };
  }

  /** The first second in `(before, after]` at which the offset is no longer `offset`; both are quarters. */
  #findChange(before: number, after: number, offset: number): number {
    const quarter = this.#bisect(before, after, offset, QUARTER);
    return this.#probe(quarter - 1) === offset
      ? quarter
      : this.#bisect(quarter - QUARTER, quarter, offset, 1);
  }

  #bisect(before: number, after: number, offset: number, unit: number): number {
    let low = before;
    let high = after;
    while (high - low > unit) {
      const middle = low + Math.floor((high - low) / unit / 2) * unit;
      if (this.#probe(middle) === offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The offset by asking the runtime for the zone's clock, as `15, 09:00:00`. */
  #probe(epochSeconds: number): number {
    const text = this.#format.format(epochSeconds * 1000);
    const clock = text.length - 8;
    const local =
      Number(text.slice(clock, clock + 2)) * 3600 +
      Number(text.slice(clock + 3, clock + 5)) * 60 +
      Number(text.slice(clock + 6));
    const day = Math.floor(epochSeconds / SECONDS_PER_DAY);
    const daysAhead = Number.parseInt(text, 10) - civilDate(day).day;
    // Across the end of a month the day of the month jumps the other way.
    const shift = Math.abs(daysAhead) > 1 ? -Math.sign(daysAhead) : daysAhead;
    return shift * SECONDS_PER_DAY + local - (epochSeconds - day * SECONDS_PER_DAY);
  }
}

/** How many of the changes are not after the instant. */
function changesUpTo(changes: readonly number[], folded: number): number {
  let index = 0;
  while (index < changes.length && folded >= (changes[index] as number)) {
    index += 1;
  }
  return index;
}

function segmentIndex(folded: number): number {
  return Math.floor((folded - RULES_ONLY) / SEGMENT_SECONDS);
}

/** A year that is looked up in a like one. */
interface FoldedYear {
  readonly from: number;
  readonly to: number;
  /** Where the like year begins. */
  readonly like: number;
}

/** The two years folded last: times come in order, and around New Year those of both years are asked for. */
let lastYear: FoldedYear = { from: 0, to: 0, like: 0 };
let yearBefore = lastYear;

function foldedYearAt(epochSeconds: number): FoldedYear {
  if (epochSeconds >= lastYear.from && epochSeconds < lastYear.to) {
    return lastYear;
  }
  if (epochSeconds >= yearBefore.from && epochSeconds < yearBefore.to) {
    [lastYear, yearBefore] = [yearBefore, lastYear];
    return lastYear;
  }
  const { year } = civilDate(Math.floor(epochSeconds / SECONDS_PER_DAY));
  yearBefore = lastYear;
  lastYear = {
    from: dayNumber(year, 1, 1) * SECONDS_PER_DAY,
    to: dayNumber(year + 1, 1, 1) * SECONDS_PER_DAY,
    like: likeYearStart(year),
  };
  return lastYear;
}

function fold(epochSeconds: number): number {
  if (epochSeconds < FIRST_CHANGE) {
    return FIRST_CHANGE;
  }
  if (epochSeconds < RULES_ONLY) {
    return epochSeconds;
  }
  const year = foldedYearAt(epochSeconds);
  return year.like + epochSeconds - year.from;
}

const likeYears = new Map<number, number>();

function likeYearStart(year: number): number {
  const kind = kindOfYear(year);
  if (likeYears.size === 0) {
    for (let like = LIKE_YEARS.first; like < LIKE_YEARS.first + LIKE_YEARS.count; like += 1) {
      likeYears.set(kindOfYear(like), dayNumber(like, 1, 1) * SECONDS_PER_DAY);
    }
  }
  return likeYears.get(kind) as number;
}

function kindOfYear(year: number): number {
  return weekdayOf(dayNumber(year, 1, 1)) * 2 + Number(isLeapYear(year));
}

const MAX_ZONES = 256;
const zones = new Map<string, ZoneOffsets>();
let lastZone: ZoneOffsets | undefined;

/** The table of a zone, kept for the {@link MAX_ZONES} zones used last. Throws `invalid_time_zone`. */
export function zoneOffsets(id: string): ZoneOffsets {
  if (lastZone?.id === id) {
    return lastZone;
  }
  const zone = zones.get(id) ?? new ZoneOffsets(id);
  zones.delete(id);
  zones.set(id, zone);
  if (zones.size > MAX_ZONES) {
    zones.delete(zones.keys().next().value as string);
  }
  lastZone = zone;
  return zone;
}

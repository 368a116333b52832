import type { RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { ShownTime } from '../event/shown-time.ts';
import { nextStarts, type SeriesStart } from '../repeat/series-dates.ts';
import type { Session } from '../session.ts';
import { withoutSlot, type Slot } from './free-slots.ts';
import { queryBusy } from './query-busy.ts';

/** One question about free time covers at most 366 days. */
const SEARCH_DAYS = 365;
const MAX_STARTS = 500;
const MAX_SUGGESTIONS = 3;
const STEP_MS = 15 * 60_000;

/** The hours in which people meet; a wish near their ends, or outside of them, widens them. */
const WAKING_HOURS = [8, 20] as const;
const WIDER_MS = 2 * 3_600_000;

/** A series that was wanted, and clashes. */
export interface SeriesWish {
  readonly series: RecurrenceSeries;
  /** Its first occurrence. */
  readonly time: ShownTime;
  readonly calendarId: string;
  /** Where the series is now, if it is one that moves. */
  readonly own?: readonly Slot[];
}

/** What is known of the first year of a series. */
export interface SeriesAdvice {
  /** How many of its occurrences were looked at. */
  readonly checked: number;
  readonly clashing: readonly SeriesStart[];
  /** Times of the first occurrence at which all of them are free, the nearest to the wished one first. */
  readonly times: readonly ShownTime[];
}

/** Finds which occurrences clash, and at which times of day none does. */
export async function adviseOnSeries(
  session: Session,
  { series, time, calendarId, own = [] }: SeriesWish,
): Promise<SeriesAdvice> {
  const { zone } = session.settings;
  const first = time.kind === 'all-day' ? time.start.toZonedDateTime(zone) : time.start;
  const from = Math.max(first.epochMilliseconds, session.now.epochMilliseconds);
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).startOfDay();
  const range = { start: start.epochMilliseconds, end: start.add({ days: SEARCH_DAYS }).epochMilliseconds };
  const starts = nextStarts(series, start.toInstant(), MAX_STARTS, zone).filter(
    (each) => toMs(each, zone) < range.end - LONGEST_MS,
  );
  const reported = await queryBusy(session, range, calendarId);
  const busy = own.reduce((slots, slot) => withoutSlot(slots, slot), reported);
  const lengthMs = lengthIn(time, zone);
  const isFree = (ms: number): boolean => !busy.some((slot) => slot.start < ms + lengthMs && slot.end > ms);
  const clashing = starts.filter((each) => !isFree(toMs(each, zone)));
  const at = starts.map((each) => toMs(each, zone));
  const times = time.kind === 'timed' ? findShifts(time, at, isFree) : [];
  return { checked: starts.length, clashing, times };
}

/** What begins in the last day of the range may end outside of it. */
const LONGEST_MS = 86_400_000;

/** The same time of day for all of them, as an hour and a quarter further or nearer at a time. */
function findShifts(
  time: ShownTime & { kind: 'timed' },
  starts: readonly number[],
  isFree: (ms: number) => boolean,
): readonly ShownTime[] {
  const dayStart = time.start.startOfDay();
  const [opening, closing] = WAKING_HOURS.map((hour) => dayStart.add({ hours: hour }).epochMilliseconds);
  const wished = time.start.epochMilliseconds;
  const lengthMs = time.end.epochMilliseconds - wished;
  const earliest = Math.max(dayStart.epochMilliseconds, Math.min(opening ?? 0, wished - WIDER_MS));
  const latest = Math.max(closing ?? 0, wished + lengthMs + WIDER_MS);
  const shifts: number[] = [];
  for (let shift = STEP_MS; shift < LONGEST_MS; shift += STEP_MS) shifts.push(shift, -shift);
  return shifts
    .filter((shift) => wished + shift >= earliest && wished + shift + lengthMs <= latest)
    .filter((shift) => starts.every((start) => isFree(start + shift)))
    .slice(0, MAX_SUGGESTIONS)
    .map((shift) => ({
      kind: 'timed',
      start: time.start.add({ milliseconds: shift }),
      end: time.end.add({ milliseconds: shift }),
    }));
}

function toMs(start: SeriesStart, zone: string): number {
  return start instanceof Temporal.PlainDate
    ? start.toZonedDateTime(zone).epochMilliseconds
    : start.epochMilliseconds;
}

function lengthIn(time: ShownTime, zone: string): number {
  return time.kind === 'timed'
    ? time.end.epochMilliseconds - time.start.epochMilliseconds
    : time.end.toZonedDateTime(zone).epochMilliseconds - time.start.toZonedDateTime(zone).epochMilliseconds;
}

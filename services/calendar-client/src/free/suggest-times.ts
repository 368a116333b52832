import { Temporal } from 'temporal-polyfill';
import type { ShownTime } from '../event/shown-time.ts';
import type { Session } from '../session.ts';
import { clipBefore, toDayWindows, type Hours } from './day-windows.ts';
import { findFreeSlots, withoutSlot, type Slot } from './free-slots.ts';
import { queryBusy } from './query-busy.ts';

const SEARCH_DAYS = 21;
const MAX_SUGGESTIONS = 3;
const STEP_MS = 5 * 60_000;

/** The hours in which people meet; a wish outside of them widens them. */
const WAKING: Hours = { startMinutes: 8 * 60, endMinutes: 20 * 60 };

/** A time that was wanted and is taken. */
export interface Wish {
  readonly time: ShownTime;
  readonly calendarId: string;
  /** Where the event is now, if it is one that moves. */
  readonly own?: Slot | undefined;
}

/** The next free times of the wished length in that calendar, from the wish on. */
export async function suggestTimes(
  session: Session,
  { time, calendarId, own }: Wish,
): Promise<readonly ShownTime[]> {
  const { zone } = session.settings;
  const firstDay = time.kind === 'all-day' ? time.start : time.start.toPlainDate();
  const days = Array.from({ length: SEARCH_DAYS }, (_, i) => firstDay.add({ days: i }));
  const range = {
    start: firstDay.toZonedDateTime(zone).epochMilliseconds,
    end: firstDay.add({ days: SEARCH_DAYS + 1 }).toZonedDateTime(zone).epochMilliseconds,
  };
  const reported = await queryBusy(session, range, calendarId);
  const busy = own ? withoutSlot(reported, own) : reported;
  if (time.kind === 'all-day') return freeDays(time, days, busy, zone);
  const lengthMs = time.end.epochMilliseconds - time.start.epochMilliseconds;
  const windows = toDayWindows(days, widen(time), zone);
  const from = Math.max(time.start.epochMilliseconds, session.now.epochMilliseconds);
  return findFreeSlots(clipBefore(windows, from), busy, lengthMs)
    .map(({ start, end }) => ({ start: Math.ceil(start / STEP_MS) * STEP_MS, end }))
    .filter(({ start, end }) => end - start >= lengthMs)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ start }) => ({ kind: 'timed', start: at(start, zone), end: at(start + lengthMs, zone) }));
}

function freeDays(
  { start, end }: ShownTime & { kind: 'all-day' },
  days: readonly Temporal.PlainDate[],
  busy: readonly Slot[],
  zone: string,
): readonly ShownTime[] {
  const length = start.until(end);
  return days
    .map((day) => ({ kind: 'all-day' as const, start: day, end: day.add(length) }))
    .filter((candidate) => {
      const from = candidate.start.toZonedDateTime(zone).epochMilliseconds;
      const to = candidate.end.toZonedDateTime(zone).epochMilliseconds;
      return !busy.some((slot) => slot.start < to && slot.end > from);
    })
    .slice(0, MAX_SUGGESTIONS);
}

function widen({ start, end }: ShownTime & { kind: 'timed' }): Hours {
  const startMinutes = start.hour * 60 + start.minute;
  const crossesMidnight = !start.toPlainDate().equals(end.toPlainDate());
  const endMinutes = crossesMidnight ? 1440 : end.hour * 60 + end.minute;
  return {
    startMinutes: Math.min(WAKING.startMinutes, startMinutes),
    // Windows may reach into the next day, so that a night's length fits in.
    endMinutes: crossesMidnight ? 1440 + end.hour * 60 + end.minute : Math.max(WAKING.endMinutes, endMinutes),
  };
}

function at(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

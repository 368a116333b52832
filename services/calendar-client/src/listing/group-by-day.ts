import type { Occurrence } from '@daywatch/protocol/calendar';
import { Temporal } from 'temporal-polyfill';
import { daysOf, toShownTime, type ShownTime } from '../event/shown-time.ts';

/** Days of a listing: `end` is exclusive. */
export interface DayRange {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

/** What one day shows of an occurrence. */
export interface DayEntry {
  readonly occurrence: Occurrence;
  readonly time: ShownTime;
  /** 1 on the first day. */
  readonly day: number;
  /** How many days it touches in all. */
  readonly days: number;
}

export interface DayGroup {
  readonly date: Temporal.PlainDate;
  /** All-day ones first, then by start. */
  readonly entries: readonly DayEntry[];
}

/** Puts each occurrence on every day of the range that it touches; each day is there, also an empty one. */
export function groupByDay(
  occurrences: readonly Occurrence[],
  { start, end }: DayRange,
  zone: string,
): readonly DayGroup[] {
  const groups: { date: Temporal.PlainDate; entries: DayEntry[] }[] = [];
  for (let date = start; isBefore(date, end); date = date.add({ days: 1 }))
    groups.push({ date, entries: [] });
  for (const occurrence of occurrences) {
    const time = toShownTime(occurrence, zone);
    const { first, last } = daysOf(time);
    const days = first.until(last).days + 1;
    const at = start.until(first).days;
    // An all-day event of a zone far away may touch the range while its own dates do not.
    const from = clamp(at, groups.length - 1);
    const to = clamp(at + days - 1, groups.length - 1);
    for (let i = from; i <= to; i++) {
      groups[i]?.entries.push({ occurrence, time, day: Math.min(Math.max(i - at + 1, 1), days), days });
    }
  }
  for (const { entries } of groups) entries.sort(byTime);
  return groups;
}

function byTime(a: DayEntry, b: DayEntry): number {
  const rank = (entry: DayEntry): number => (entry.time.kind === 'all-day' ? 0 : 1);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.time.kind === 'timed' && b.time.kind === 'timed') {
    return Temporal.ZonedDateTime.compare(a.time.start, b.time.start) || byEnd(a.time, b.time);
  }
  return a.occurrence.start.localeCompare(b.occurrence.start, 'en');
}

function byEnd(a: ShownTime & { kind: 'timed' }, b: ShownTime & { kind: 'timed' }): number {
  return Temporal.ZonedDateTime.compare(a.end, b.end);
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}

function clamp(index: number, last: number): number {
  return Math.min(Math.max(index, 0), last);
}

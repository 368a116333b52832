import { encodeTimestamp, type Queries } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import { toInstant, type Interval } from '../../time/instant.ts';
import { findTaken } from './sql/find-taken.ts';

/**
 * Which of the busy spans, by start, have to be kept as clashing: those that meet what is stored, and those
 * that meet one before them that does not clash.
 */
export async function markTaken(
  queries: Queries,
  calendarId: CalendarId,
  spans: readonly Interval[],
): Promise<readonly boolean[]> {
  if (spans.length === 0) return [];
  const rows = await queries.query(findTaken, [
    calendarId,
    spans.map(({ start }) => encodeTimestamp(start)),
    spans.map(({ end }) => encodeTimestamp(end)),
  ]);
  const meets = meetsAny(
    rows.map((row) => ({ start: toInstant(row.starts_at), end: toInstant(row.ends_at) })),
  );
  let busyUntil = -Infinity;
  return spans.map((span) => {
    if (span.start < busyUntil || meets(span)) return true;
    busyUntil = span.end;
    return false;
  });
}

/** Tells whether a span meets any of the intervals, which come by start and may overlap each other. */
function meetsAny(intervals: readonly Interval[]): (span: Interval) => boolean {
  let latest = -Infinity;
  const latestEnds = intervals.map(({ end }) => (latest = Math.max(latest, end)));
  return ({ start, end }) => {
    let low = 0;
    let high = intervals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((intervals[middle] as Interval).start < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (latestEnds[low - 1] as number) > start;
  };
}

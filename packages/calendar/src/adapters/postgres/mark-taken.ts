import { encodeTimestamp, type Queries } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import type { Interval } from '../../time/instant.ts';
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
  const taken = new Set(rows.map(({ place }) => place - 1));
  let busyUntil = -Infinity;
  return spans.map(({ start, end }, i) => {
    if (taken.has(i) || start < busyUntil) return true;
    busyUntil = end;
    return false;
  });
}

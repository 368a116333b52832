import type { OccurrencePosition } from '../event/event-store.ts';

/** The order of listings: by start, then event id, then recurrence id. */
export function comparePositions(a: OccurrencePosition, b: OccurrencePosition): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.eventId !== b.eventId) return a.eventId < b.eventId ? -1 : 1;
  return a.recurrenceId - b.recurrenceId;
}

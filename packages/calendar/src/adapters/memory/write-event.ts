import type { PlannedEvent } from '../../event/event-store.ts';
import type { Event } from '../../event/event.ts';
import { endlessSeriesOf } from '../../occurrence/endless-series.ts';
import { occurrenceKey } from '../../occurrence/check-plans.ts';
import type { PlannedOccurrence } from '../../occurrence/override.ts';
import type { Interval } from '../../time/instant.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import type { IndexedOccurrence } from './occurrence-index.ts';

/** @param marked keys of rows that clash and are kept all the same. */
export function insertEvent(
  state: MemoryState,
  calendar: StoredCalendar,
  { event: draft, occurrences }: PlannedEvent,
  revision: number,
  marked: ReadonlySet<string> = new Set(),
): Event {
  const rows = occurrences.map((occurrence) => ({
    ...occurrence,
    eventId: draft.id,
    exempt: marked.has(occurrenceKey(occurrence)),
  }));
  return storeEvent(state, calendar, { ...draft, revision }, rows);
}

/** Rows that stay as they were keep their marks; those that become rows get theirs by what is there now. */
export function markedRows(
  calendar: StoredCalendar,
  before: StoredEvent,
  carried: readonly PlannedOccurrence[],
): ReadonlySet<string> {
  const kept = before.occurrences.filter(({ exempt }) => exempt);
  const marks = markTaken(calendar, carried);
  return new Set([...kept, ...carried.filter((_, i) => marks[i])].map(occurrenceKey));
}

/** Which of the busy spans, by start, meet what is stored, or one before them that does not. */
export function markTaken(calendar: StoredCalendar, spans: readonly Interval[]): readonly boolean[] {
  let busyUntil = -Infinity;
  return spans.map((span) => {
    const [obstacle] = calendar.occurrences.find(span, { limit: 1, accept: ({ busy }) => busy });
    if (obstacle || span.start < busyUntil) return true;
    busyUntil = span.end;
    return false;
  });
}

/** Files an event with its rows. */
export function storeEvent(
  state: MemoryState,
  calendar: StoredCalendar,
  current: Event,
  rows: readonly IndexedOccurrence[],
): Event {
  const { hasConflicts: _, ...unmarked } = current;
  const hasConflicts = rows.some(({ exempt }) => exempt);
  const event: Event = hasConflicts ? { ...unmarked, hasConflicts } : unmarked;
  const endless = endlessSeriesOf({ event, occurrences: rows });
  for (const row of rows) {
    calendar.occurrences.add(row);
    if (row.exempt) calendar.exempt.add(row);
  }
  if (endless) calendar.endless.set(event.id, endless);
  calendar.uids.set(event.uid, event.id);
  state.eventsOf(event.owner).set(event.id, { event, occurrences: rows, endless });
  return event;
}

export function removeEvent(state: MemoryState, calendar: StoredCalendar, stored: StoredEvent): void {
  const { event, occurrences } = stored;
  for (const row of occurrences) {
    calendar.occurrences.remove(row);
    calendar.exempt.delete(row);
  }
  calendar.endless.delete(event.id);
  calendar.uids.delete(event.uid);
  state.eventsOf(event.owner).delete(event.id);
}

export function raiseRevision(stored: StoredCalendar): number {
  const revision = stored.calendar.revision + 1;
  stored.calendar = { ...stored.calendar, revision };
  return revision;
}

/** Rows whose obstacles are gone clash no longer. */
export function settleExempt(state: MemoryState, calendar: StoredCalendar): void {
  for (const row of calendar.exempt) {
    const [obstacle] = calendar.occurrences.find(row, {
      limit: 1,
      accept: (other) => other.busy && other !== row,
    });
    if (obstacle) continue;
    row.exempt = false;
    calendar.exempt.delete(row);
    const events = state.eventsOf(calendar.calendar.owner);
    const stored = events.get(row.eventId);
    if (!stored || stored.occurrences.some(({ exempt }) => exempt)) continue;
    const { hasConflicts: _, ...event } = stored.event;
    events.set(event.id, { ...stored, event });
  }
}

import type { SeriesUpkeep } from '../../event/series-upkeep.ts';
import type { Event } from '../../event/event.ts';
import type { EndlessSeries } from '../../occurrence/endless-series.ts';
import { extendRows } from '../../occurrence/extend-rows.ts';
import type { Instant } from '../../time/instant.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import { addRemindersOf } from './keep-reminders.ts';
import type { IndexedOccurrence } from './occurrence-index.ts';
import { markTaken, removeEvent, storeEvent } from './write-event.ts';

/** Keeps the series in memory up to date. */
export function createSeriesUpkeep(state: MemoryState): SeriesUpkeep {
  return {
    async extendHorizon({ dueBefore, until, limit }, signal) {
      signal?.throwIfAborted();
      const due = [...state.calendars.values()]
        .flatMap((calendar) => [...calendar.endless.values()].map((series) => ({ calendar, series })))
        .filter(({ series }) => series.materialisedUntil < dueBefore)
        .slice(0, limit);
      let conflicts = 0;
      for (const { calendar, series } of due) conflicts += extend(state, calendar, series, until);
      return { extended: due.length, conflicts };
    },

    async recomputeZones(_, signal) {
      signal?.throwIfAborted();
      // What is in memory was computed by this very process: its database does not change.
      return { recomputed: 0, conflicts: 0, next: undefined };
    },
  };
}

function extend(
  state: MemoryState,
  calendar: StoredCalendar,
  series: EndlessSeries<Event>,
  until: Instant,
): number {
  const { event } = series;
  const stored = state.eventsOf(event.owner).get(event.id) as StoredEvent;
  const { spans, reached } = extendRows(series, until);
  const marks = event.busy ? markTaken(calendar, spans) : [];
  const rows: readonly IndexedOccurrence[] = spans.map((span, i) => ({
    ...span,
    eventId: event.id,
    busy: event.busy,
    exempt: marks[i] === true,
  }));
  removeEvent(state, calendar, stored);
  const { materialisedUntil: _, ...extended } = stored.event;
  storeEvent(
    state,
    calendar,
    reached === undefined ? extended : { ...extended, materialisedUntil: reached },
    [...stored.occurrences, ...rows].toSorted((a, b) => a.recurrenceId - b.recurrenceId),
  );
  addRemindersOf(state, stored.event, rows);
  return rows.filter(({ exempt }) => exempt).length;
}

import assert from 'node:assert';
import { ErrCalendarNotFound, ErrDateBusy, ErrEventExists, ErrEventNotFound } from '../../errors.ts';
import type { Event, EventDraft, EventId, UserId } from '../../event/event.ts';
import {
  MAX_CONFLICTS,
  type EventStore,
  type OccurrenceQuery,
  type PlannedEvent,
} from '../../event/event-store.ts';
import type { BusyConflict, Occurrence } from '../../occurrence/occurrence.ts';
import {
  describeConflict,
  findOverlaps,
  mergeIntervals,
  scheduleOfOccurrence,
} from '../../occurrence/occurrence-schedule.ts';
import type { Instant } from '../../time/instant.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import { comparePositions, type IndexedOccurrence } from './occurrence-index.ts';

/** Keeps events in memory. They are gone when the process ends. */
export function createEventStore(state: MemoryState): EventStore {
  return {
    async add(planned, signal) {
      signal?.throwIfAborted();
      const { event } = planned;
      const existing = state.eventsOf(event.owner).get(event.id);
      if (existing) return { kind: 'exists', event: existing.event };
      const calendar = state.calendarOf(event.owner, event.calendarId);
      if (!calendar) throw new ErrCalendarNotFound(event.calendarId);
      checkWrite(state, calendar, planned);
      return { kind: 'added', event: insert(state, calendar, planned) };
    },

    async get(owner, id, signal) {
      signal?.throwIfAborted();
      return state.eventsOf(owner).get(id)?.event;
    },

    async update(owner, id, change, signal) {
      signal?.throwIfAborted();
      const { stored, calendar } = require(state, owner, id);
      const planned = change(stored.event);
      if (!planned) return stored.event;
      assertSameEvent(stored.event, planned.event);
      checkWrite(state, calendar, planned);
      remove(state, calendar, stored);
      return insert(state, calendar, planned);
    },

    async delete(owner, id, check, signal) {
      signal?.throwIfAborted();
      const { stored, calendar } = require(state, owner, id);
      check(stored.event);
      remove(state, calendar, stored);
      const revision = raiseRevision(calendar);
      calendar.tombstones.push({ eventId: id, uid: stored.event.uid, revision });
    },

    async list(query, signal) {
      signal?.throwIfAborted();
      return find(state, query, { after: query.after, limit: query.limit }).map((occurrence) =>
        toOccurrence(state, query.owner, occurrence),
      );
    },

    async listBusy(query, signal) {
      signal?.throwIfAborted();
      return mergeIntervals(find(state, query, { accept: ({ busy }) => busy }), {
        start: query.from,
        end: query.to,
      });
    },
  };
}

function require(
  state: MemoryState,
  owner: UserId,
  id: EventId,
): { readonly stored: StoredEvent; readonly calendar: StoredCalendar } {
  const stored = state.eventsOf(owner).get(id);
  if (!stored) throw new ErrEventNotFound(id);
  const calendar = state.calendarOf(owner, stored.event.calendarId);
  assert(calendar, `event ${id} lies in a calendar that is not there`);
  return { stored, calendar };
}

/** Throws where the write must not happen; nothing is changed by then. */
function checkWrite(state: MemoryState, calendar: StoredCalendar, planned: PlannedEvent): void {
  const { event } = planned;
  const uidHolder = calendar.uids.get(event.uid);
  if (uidHolder !== undefined && uidHolder !== event.id) throw new ErrEventExists('uid', event.uid);
  if (!event.busy) return;
  const conflicts = findConflicts(state, calendar, planned);
  if (conflicts.length > 0) throw new ErrDateBusy(conflicts);
}

function findConflicts(
  state: MemoryState,
  calendar: StoredCalendar,
  { event, occurrences }: PlannedEvent,
): readonly BusyConflict[] {
  const inTheWay = new Set<IndexedOccurrence>();
  for (const span of occurrences) {
    const found = calendar.occurrences.find(span, {
      limit: MAX_CONFLICTS,
      accept: ({ busy, eventId }) => busy && eventId !== event.id,
    });
    for (const occurrence of found) inTheWay.add(occurrence);
  }
  if (inTheWay.size === 0) {
    return findOverlaps(occurrences).map((span) =>
      describeConflict(event.id, event.schedule, event.timeZone, span),
    );
  }
  return [...inTheWay]
    .sort(comparePositions)
    .slice(0, MAX_CONFLICTS)
    .map((occurrence) => {
      const other = requireEvent(state, event.owner, occurrence.eventId);
      return describeConflict(other.id, other.schedule, other.timeZone, occurrence);
    });
}

function insert(
  state: MemoryState,
  calendar: StoredCalendar,
  { event: draft, occurrences }: PlannedEvent,
): Event {
  const event: Event = { ...draft, revision: raiseRevision(calendar) };
  const indexed = occurrences.map((span) => ({ ...span, eventId: event.id, busy: event.busy }));
  for (const occurrence of indexed) calendar.occurrences.add(occurrence);
  calendar.uids.set(event.uid, event.id);
  state.eventsOf(event.owner).set(event.id, { event, occurrences: indexed });
  return event;
}

function remove(state: MemoryState, calendar: StoredCalendar, { event, occurrences }: StoredEvent): void {
  for (const occurrence of occurrences) calendar.occurrences.remove(occurrence);
  calendar.uids.delete(event.uid);
  state.eventsOf(event.owner).delete(event.id);
}

function raiseRevision(stored: StoredCalendar): number {
  const revision = stored.calendar.revision + 1;
  stored.calendar = { ...stored.calendar, revision };
  return revision;
}

function assertSameEvent(current: Event, next: EventDraft): void {
  assert(
    next.id === current.id && next.owner === current.owner && next.calendarId === current.calendarId,
    `a change of event ${current.id} must keep its id, owner and calendar`,
  );
}

function find(
  state: MemoryState,
  query: Omit<OccurrenceQuery, 'after' | 'limit'>,
  options: Parameters<StoredCalendar['occurrences']['find']>[1],
): readonly IndexedOccurrence[] {
  const { owner, calendarId, from, to } = query;
  const named = calendarId === undefined ? undefined : state.calendarOf(owner, calendarId);
  const calendars = calendarId === undefined ? state.calendarsOf(owner) : named ? [named] : [];
  const found = calendars.flatMap(({ occurrences }) => occurrences.find({ start: from, end: to }, options));
  return calendars.length === 1 ? found : found.sort(comparePositions).slice(0, options?.limit);
}

function toOccurrence(state: MemoryState, owner: UserId, occurrence: IndexedOccurrence): Occurrence {
  const event = requireEvent(state, owner, occurrence.eventId);
  return {
    eventId: event.id,
    recurrenceId: occurrence.recurrenceId,
    calendarId: event.calendarId,
    title: event.title,
    schedule: scheduleOfOccurrence(event.schedule, occurrence),
    timeZone: event.timeZone,
    busy: occurrence.busy,
    location: event.location,
    recurring: event.recurrence !== null,
    overridden: false,
    startsAt: occurrence.start satisfies Instant,
  };
}

function requireEvent(state: MemoryState, owner: UserId, id: EventId): Event {
  const stored = state.eventsOf(owner).get(id);
  assert(stored, `an occurrence names the event ${id}, which is not there`);
  return stored.event;
}

import assert from 'node:assert';
import { ErrCalendarNotFound, ErrEventExists, ErrEventNotFound } from '../../errors.ts';
import type { EventStore, OccurrenceQuery, PlannedEvent } from '../../event/event-store.ts';
import type { Event, EventDraft, EventId, UserId } from '../../event/event.ts';
import { comparePositions } from '../../occurrence/compare-positions.ts';
import { busyBeyondRows, withBeyondRows } from '../../occurrence/list-beyond-rows.ts';
import type { Occurrence } from '../../occurrence/occurrence.ts';
import { mergeIntervals, scheduleOfOccurrence } from '../../occurrence/occurrence-schedule.ts';
import type { OccurrenceOverride } from '../../occurrence/override.ts';
import { checkBusy, listConflicts } from './busy-times.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import { cancelRemindersOf, keepReminders } from './keep-reminders.ts';
import type { IndexedOccurrence } from './occurrence-index.ts';
import { insertEvent, markedRows, raiseRevision, removeEvent, settleExempt } from './write-event.ts';

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
      checkUid(calendar, planned);
      checkBusy(state, calendar, [planned], undefined);
      const added = insertEvent(state, calendar, planned, raiseRevision(calendar));
      keepReminders(state, planned, [], event.updatedAt);
      return { kind: 'added', event: added };
    },

    async get(owner, id, signal) {
      signal?.throwIfAborted();
      return state.eventsOf(owner).get(id)?.event;
    },

    async getOccurrence(owner, id, recurrenceId, signal) {
      signal?.throwIfAborted();
      const stored = state.eventsOf(owner).get(id);
      const row = stored?.occurrences.find((occurrence) => occurrence.recurrenceId === recurrenceId);
      return stored && { event: stored.event, changes: row?.changes };
    },

    async listConflicts(owner, id, signal) {
      signal?.throwIfAborted();
      const stored = state.eventsOf(owner).get(id);
      const calendar = stored && state.calendarOf(owner, stored.event.calendarId);
      return calendar ? listConflicts(state, calendar, stored) : [];
    },

    async update(owner, id, change, signal) {
      signal?.throwIfAborted();
      const { stored, calendar } = require(state, owner, id);
      const changed = change(stored.event, overridesOf(stored));
      if (!changed) return stored.event;
      if (changed === 'delete') {
        bury(state, calendar, stored);
        return stored.event;
      }
      const { successor } = changed;
      assertSameEvent(stored.event, changed.event);
      for (const planned of successor ? [changed, successor] : [changed]) checkUid(calendar, planned);
      const { carried } = checkBusy(state, calendar, successor ? [changed, successor] : [changed], stored);
      removeEvent(state, calendar, stored);
      const revision = raiseRevision(calendar);
      const marked = markedRows(calendar, stored, carried);
      insertEvent(state, calendar, changed, revision, marked);
      if (successor) insertEvent(state, calendar, successor, revision, marked);
      keepReminders(state, changed, stored.occurrences, changed.event.updatedAt);
      settleExempt(state, calendar);
      return requireEvent(state, owner, id);
    },

    async delete(owner, id, check, signal) {
      signal?.throwIfAborted();
      const { stored, calendar } = require(state, owner, id);
      check(stored.event);
      bury(state, calendar, stored);
    },

    async list(query, signal) {
      signal?.throwIfAborted();
      const calendars = calendarsOf(state, query);
      const rows = find(calendars, query, { after: query.after, limit: query.limit });
      const series = calendars.flatMap(({ endless }) => [...endless.values()]);
      return withBeyondRows(
        rows.map((row) => toOccurrence(state, query.owner, row)),
        series,
        query,
      );
    },

    async listBusy(query, signal) {
      signal?.throwIfAborted();
      const calendars = calendarsOf(state, query);
      const period = { start: query.from, end: query.to };
      const rows = find(calendars, query, { accept: ({ busy }) => busy });
      const series = calendars.flatMap(({ endless }) => [...endless.values()]);
      return mergeIntervals([...rows, ...busyBeyondRows(series, period)], period);
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

function overridesOf({ occurrences }: StoredEvent): readonly OccurrenceOverride[] {
  return occurrences.flatMap(({ recurrenceId, changes }) => (changes ? [{ recurrenceId, changes }] : []));
}

/** Throws where the uid is taken. */
function checkUid(calendar: StoredCalendar, { event }: PlannedEvent): void {
  const holder = calendar.uids.get(event.uid);
  if (holder !== undefined && holder !== event.id) throw new ErrEventExists('uid', event.uid);
}

/** Deletes an event and leaves a tombstone. */
function bury(state: MemoryState, calendar: StoredCalendar, stored: StoredEvent): void {
  cancelRemindersOf(state, stored);
  removeEvent(state, calendar, stored);
  const revision = raiseRevision(calendar);
  calendar.tombstones.push({ eventId: stored.event.id, uid: stored.event.uid, revision });
  settleExempt(state, calendar);
}

function assertSameEvent(current: Event, next: EventDraft): void {
  assert(
    next.id === current.id && next.owner === current.owner && next.calendarId === current.calendarId,
    `a change of event ${current.id} must keep its id, owner and calendar`,
  );
}

type Period = Omit<OccurrenceQuery, 'after' | 'limit'>;

function calendarsOf(state: MemoryState, { owner, calendarId }: Period): readonly StoredCalendar[] {
  if (calendarId === undefined) return state.calendarsOf(owner);
  const named = state.calendarOf(owner, calendarId);
  return named ? [named] : [];
}

function find(
  calendars: readonly StoredCalendar[],
  { from, to }: Period,
  options: Parameters<StoredCalendar['occurrences']['find']>[1],
): readonly IndexedOccurrence[] {
  const found = calendars.flatMap(({ occurrences }) => occurrences.find({ start: from, end: to }, options));
  return calendars.length === 1 ? found : found.sort(comparePositions).slice(0, options?.limit);
}

export function toOccurrence(state: MemoryState, owner: UserId, occurrence: IndexedOccurrence): Occurrence {
  const event = requireEvent(state, owner, occurrence.eventId);
  const { changes } = occurrence;
  return {
    eventId: event.id,
    recurrenceId: occurrence.recurrenceId,
    calendarId: event.calendarId,
    title: changes?.title ?? event.title,
    schedule: scheduleOfOccurrence(event.schedule, occurrence, changes?.schedule),
    timeZone: event.timeZone,
    busy: occurrence.busy,
    location: changes?.location ?? event.location,
    recurring: event.recurrence !== null,
    overridden: changes !== undefined,
    startsAt: occurrence.start,
  };
}

function requireEvent(state: MemoryState, owner: UserId, id: EventId): Event {
  const stored = state.eventsOf(owner).get(id);
  assert(stored, `an occurrence names the event ${id}, which is not there`);
  return stored.event;
}

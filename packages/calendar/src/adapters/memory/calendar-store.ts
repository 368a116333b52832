import { Buffer } from 'node:buffer';
import { MAX_CALENDARS, type CalendarStore } from '../../calendar/calendar-store.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { ErrCalendarExists, ErrCalendarNotFound } from '../../errors.ts';
import type { UserId } from '../../event/event.ts';
import type { MemoryState } from './memory-state.ts';

/** Keeps calendars in memory. They are gone when the process ends. */
export function createCalendarStore(state: MemoryState): CalendarStore {
  return {
    async ensureDefault(draft, signal) {
      signal?.throwIfAborted();
      const existing = findDefault(state, draft.owner);
      if (existing) return existing;
      if (state.calendars.has(draft.id)) throw new ErrCalendarExists(draft.id);
      return state.addCalendar({ ...draft, isDefault: true, revision: 0 });
    },

    async getDefault(owner, signal) {
      signal?.throwIfAborted();
      return findDefault(state, owner);
    },

    async get(owner, id, signal) {
      signal?.throwIfAborted();
      return state.calendarOf(owner, id)?.calendar;
    },

    async list(owner, signal) {
      signal?.throwIfAborted();
      return state
        .calendarsOf(owner)
        .map(({ calendar }) => calendar)
        .sort(compareCalendars);
    },

    async add(draft, signal) {
      signal?.throwIfAborted();
      const existing = state.calendarOf(draft.owner, draft.id);
      if (existing) return { kind: 'exists', calendar: existing.calendar };
      if (state.calendarsOf(draft.owner).length >= MAX_CALENDARS) return { kind: 'too-many' };
      if (state.calendars.has(draft.id)) throw new ErrCalendarExists(draft.id);
      return { kind: 'added', calendar: state.addCalendar({ ...draft, isDefault: false, revision: 0 }) };
    },

    async update(owner, id, change, signal) {
      signal?.throwIfAborted();
      const stored = state.calendarOf(owner, id);
      if (!stored) throw new ErrCalendarNotFound(id);
      const current = stored.calendar;
      const { name, timeZone, updatedAt } = change(current);
      stored.calendar = { ...current, name, timeZone, updatedAt, revision: current.revision + 1 };
      return stored.calendar;
    },
  };
}

function findDefault(state: MemoryState, owner: UserId): Calendar | undefined {
  return state.calendarsOf(owner).find(({ calendar }) => calendar.isDefault)?.calendar;
}

/** The default one first, then by name (in the order of its bytes, as PostgreSQL's "C" has it) and id. */
function compareCalendars(a: Calendar, b: Calendar): number {
  if (a.isDefault !== b.isDefault) return a.isDefault ? -1 : 1;
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || (a.id < b.id ? -1 : 1);
}

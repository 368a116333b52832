import type { Purge } from '../../reminder/purge.ts';
import { overBefore } from '../../occurrence/forget-past.ts';
import { MIN_INSTANT, toInstant, type Instant } from '../../time/instant.ts';
import { closeGap } from './links.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import { raiseRevision, removeEvent, storeEvent } from './write-event.ts';

/** Forgets what is long over in memory. */
export function createPurge(state: MemoryState): Purge {
  return {
    async purge({ before, limit, after }, signal) {
      signal?.throwIfAborted();
      const position = after ? `${after.calendarId} ${after.eventId}` : '';
      const found = [...state.calendars.values()]
        .flatMap((calendar) => storedOf(state, calendar).map((stored) => ({ calendar, stored })))
        .filter(({ stored: { event } }) => `${event.calendarId} ${event.id}` > position)
        .sort((a, b) => (nameOf(a.stored) < nameOf(b.stored) ? -1 : 1))
        .slice(0, limit);
      let events = 0;
      let occurrences = 0;
      let reminders = 0;
      for (const { calendar, stored: known } of found) {
        // What went before it may have changed its links.
        const stored = state.eventsOf(known.event.owner).get(known.event.id) ?? known;
        if (stored.endless) occurrences += forgetPast(state, calendar, stored, before);
        else if (stored.occurrences.every(({ end }) => end < before)) {
          reminders += forget(state, calendar, stored);
          events++;
        }
      }
      const last = found.length < limit ? undefined : found.at(-1)?.stored.event;
      reminders += forgetReminders(state, before);
      return {
        events,
        occurrences,
        reminders,
        next: last && { calendarId: last.calendarId, eventId: last.id },
      };
    },
  };
}

function storedOf(state: MemoryState, { calendar }: StoredCalendar): readonly StoredEvent[] {
  return [...state.eventsOf(calendar.owner).values()].filter(({ event }) => event.calendarId === calendar.id);
}

function nameOf({ event }: StoredEvent): string {
  return `${event.calendarId} ${event.id}`;
}

function forget(state: MemoryState, calendar: StoredCalendar, stored: StoredEvent): number {
  const { id, calendarId, uid } = stored.event;
  const reminders = state.reminders.ofEvent(calendarId, id);
  for (const reminder of reminders) state.reminders.remove(reminder);
  removeEvent(state, calendar, stored);
  const revision = raiseRevision(calendar);
  calendar.tombstones.push({ eventId: id, uid, revision });
  closeGap(state, stored.event, revision);
  return reminders.length;
}

function forgetPast(
  state: MemoryState,
  calendar: StoredCalendar,
  stored: StoredEvent,
  before: Instant,
): number {
  const { event } = stored;
  const known = event.materialisedFrom ?? MIN_INSTANT;
  const from = toInstant(Math.max(known, overBefore(event.schedule, before)));
  const kept = stored.occurrences.filter(({ end, recurrenceId }) => end >= before || recurrenceId >= from);
  if (kept.length === stored.occurrences.length) return 0;
  removeEvent(state, calendar, stored);
  storeEvent(state, calendar, { ...event, materialisedFrom: from }, kept);
  return stored.occurrences.length - kept.length;
}

/** Of deleted events, and of series that go on. */
function forgetReminders(state: MemoryState, before: Instant): number {
  const old = [...state.reminders.all()].filter(
    ({ dueAt, attendAt }) => dueAt < before && attendAt === undefined,
  );
  for (const reminder of old) state.reminders.remove(reminder);
  return old.length;
}

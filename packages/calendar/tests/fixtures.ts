import { randomBytes, randomUUID } from 'node:crypto';
import type { Calendar, CalendarDraft, CalendarId } from '../src/calendar/calendar.ts';
import type { CalendarStore } from '../src/calendar/calendar-store.ts';
import type { Event, EventDraft, EventId, Schedule, UserId } from '../src/event/event.ts';
import type { OccurrenceQuery, PlannedEvent } from '../src/event/event-store.ts';
import { horizonFrom } from '../src/occurrence/horizon.ts';
import { planOccurrences } from '../src/occurrence/plan-occurrences.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant, type Instant } from '../src/time/instant.ts';
import type { PlainDate } from '../src/time/plain-date.ts';
import { UTC, type TimeZoneId } from '../src/time/time-zone.ts';
import { makeUuidV7 } from '../src/uuid.ts';

export const NOW = at('2026-11-02T09:30:00.250Z');
export const HOUR_MS = 3_600_000;

export function at(text: string): Instant {
  return toInstant(Date.parse(text));
}

export function newOwner(): UserId {
  return `user-${randomUUID()}` as UserId;
}

export function newEventId(): EventId {
  return makeUuidV7(Date.now(), randomBytes(10)) as EventId;
}

export function calendarDraft(owner: UserId, changes: Partial<CalendarDraft> = {}): CalendarDraft {
  return {
    id: randomUUID() as CalendarId,
    owner,
    name: 'Work',
    timeZone: 'Europe/Berlin' as TimeZoneId,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

/** A calendar of a new owner. */
export async function makeCalendar(calendars: CalendarStore, owner = newOwner()): Promise<Calendar> {
  return calendars.ensureDefault(calendarDraft(owner));
}

export async function makeFurtherCalendar(calendars: CalendarStore, owner: UserId): Promise<Calendar> {
  const result = await calendars.add(calendarDraft(owner, { name: 'Further' }));
  if (result.kind !== 'added') throw new Error(`no calendar: ${result.kind}`);
  return result.calendar;
}

/** A busy hour on 2 November 2026 at 10:00 UTC, unless changed. */
export function plan(calendar: Calendar, changes: Partial<EventDraft> = {}): PlannedEvent {
  const id = changes.id ?? newEventId();
  const event: EventDraft = {
    id,
    owner: calendar.owner,
    calendarId: calendar.id,
    uid: id,
    sequence: 0,
    title: 'Meeting',
    schedule: timed('2026-11-02T10:00:00Z', '2026-11-02T11:00:00Z'),
    timeZone: UTC,
    description: '',
    location: '',
    notifyBefore: [],
    recurrence: null,
    busy: true,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
  return planOccurrences(event, [], horizonFrom(NOW));
}

/** What an update to these fields asks for. */
export function changed(current: Event, changes: Partial<EventDraft>): PlannedEvent {
  const { revision: _, hasConflicts: __, ...draft } = current;
  return planOccurrences({ ...draft, ...changes }, [], horizonFrom(NOW));
}

export function timed(start: string, end: string): Schedule {
  return { kind: 'timed', start: at(start), end: at(end) };
}

export function allDay(start: string, end: string): Schedule {
  return { kind: 'all-day', start: start as PlainDate, end: end as PlainDate };
}

/** Everything in the calendar, unless narrowed. */
export function query(calendar: Calendar, changes: Partial<OccurrenceQuery> = {}): OccurrenceQuery {
  return {
    owner: calendar.owner,
    calendarId: calendar.id,
    from: MIN_INSTANT,
    to: MAX_INSTANT,
    after: undefined,
    limit: 1_000,
    ...changes,
  };
}

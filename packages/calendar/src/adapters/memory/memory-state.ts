import type { Calendar, CalendarId } from '../../calendar/calendar.ts';
import type { Event, EventId, UserId } from '../../event/event.ts';
import type { EndlessSeries } from '../../occurrence/endless-series.ts';
import type { Settings } from '../../reminder/settings.ts';
import { OccurrenceIndex, type IndexedOccurrence } from './occurrence-index.ts';
import { ReminderBook } from './reminder-book.ts';

/** What is left of a deleted event. */
export interface Tombstone {
  readonly eventId: EventId;
  readonly uid: string;
  readonly revision: number;
}

export interface StoredEvent {
  readonly event: Event;
  /** By recurrence id. */
  readonly occurrences: readonly IndexedOccurrence[];
  /** What there is of it beyond its rows; absent where it is all rows. */
  readonly endless: EndlessSeries<Event> | undefined;
}

export interface StoredCalendar {
  calendar: Calendar;
  readonly uids: Map<string, EventId>;
  readonly occurrences: OccurrenceIndex;
  readonly tombstones: Tombstone[];
  readonly endless: Map<EventId, EndlessSeries<Event>>;
  /** The rows that clash. */
  readonly exempt: Set<IndexedOccurrence>;
}

/** Everything that the two memory stores share. Nothing in them waits, so each call is one step. */
export class MemoryState {
  readonly calendars = new Map<CalendarId, StoredCalendar>();
  readonly reminders = new ReminderBook();
  readonly settings = new Map<UserId, Settings>();
  readonly #calendarsByOwner = new Map<UserId, StoredCalendar[]>();
  readonly #eventsByOwner = new Map<UserId, Map<EventId, StoredEvent>>();

  calendarOf(owner: UserId, id: CalendarId): StoredCalendar | undefined {
    const stored = this.calendars.get(id);
    return stored?.calendar.owner === owner ? stored : undefined;
  }

  calendarsOf(owner: UserId): readonly StoredCalendar[] {
    return this.#calendarsByOwner.get(owner) ?? [];
  }

  addCalendar(calendar: Calendar): Calendar {
    const stored: StoredCalendar = {
      calendar,
      uids: new Map(),
      occurrences: new OccurrenceIndex(),
      tombstones: [],
      endless: new Map(),
      exempt: new Set(),
    };
    this.calendars.set(calendar.id, stored);
    this.#calendarsByOwner.set(calendar.owner, [...this.calendarsOf(calendar.owner), stored]);
    return calendar;
  }

  eventsOf(owner: UserId): Map<EventId, StoredEvent> {
    const known = this.#eventsByOwner.get(owner);
    if (known) return known;
    const events = new Map<EventId, StoredEvent>();
    this.#eventsByOwner.set(owner, events);
    return events;
  }
}

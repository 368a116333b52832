import type { CalendarStore } from './calendar/calendar-store.ts';
import type { EventStore } from './event/event-store.ts';
import type { Instant } from './time/instant.ts';
import type { TimeZoneId } from './time/time-zone.ts';

/** What the use cases of the calendar need from outside. Time and randomness are passed in. */
export interface CalendarContext {
  readonly events: EventStore;
  readonly calendars: CalendarStore;
  /** The present. */
  readonly now: () => Instant;
  /** A fresh lower-case UUIDv7. */
  readonly newId: () => string;
  /** The zone of default calendars that are made. */
  readonly defaultTimeZone: TimeZoneId;
}

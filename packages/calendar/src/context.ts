import type { CalendarStore } from './calendar/calendar-store.ts';
import type { EventStore } from './event/event-store.ts';
import type { ReminderLog } from './reminder/reminder-log.ts';
import type { SettingsStore } from './reminder/settings.ts';
import type { EventSearch } from './search/event-search.ts';
import type { Instant } from './time/instant.ts';
import type { TimeZoneId } from './time/time-zone.ts';

/** What the use cases of the calendar need from outside. Time and randomness are passed in. */
export interface CalendarContext {
  readonly events: EventStore;
  readonly calendars: CalendarStore;
  readonly reminders: { readonly log: ReminderLog };
  readonly settings: SettingsStore;
  readonly search: EventSearch;
  /** The present. */
  readonly now: () => Instant;
  /** A fresh lower-case UUIDv7. */
  readonly newId: () => string;
  /** A fresh secret that webhooks are signed with: `whsec_` and a key in base64. */
  readonly newWebhookSecret: () => string;
  /** The zone of default calendars that are made. */
  readonly defaultTimeZone: TimeZoneId;
}

import type { UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import type { TimeZoneId } from '../time/time-zone.ts';

declare const calendarBrand: unique symbol;

/** A lower-case UUID. */
export type CalendarId = string & { readonly [calendarBrand]: true };

/** A calendar as it is to be stored. */
export interface CalendarDraft {
  readonly id: CalendarId;
  readonly owner: UserId;
  /** 1 to 200 characters. */
  readonly name: string;
  /** What new events and listings take where they name none. */
  readonly timeZone: TimeZoneId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A calendar of one user. */
export interface Calendar extends CalendarDraft {
  /** Whether events that name no calendar go here. Every user has exactly one such calendar. */
  readonly isDefault: boolean;
  /** Raised by every write to the calendar or its events. */
  readonly revision: number;
}

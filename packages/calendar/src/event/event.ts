import type { CalendarId } from '../calendar/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { PlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';

declare const eventBrand: unique symbol;
declare const userBrand: unique symbol;
declare const etagBrand: unique symbol;

/** A lower-case UUID. */
export type EventId = string & { readonly [eventBrand]: true };

/** Who owns calendars and events: the user that the credentials name. */
export type UserId = string & { readonly [userBrand]: true };

/** Names one version of one event. Opaque. */
export type Etag = string & { readonly [etagBrand]: true };

/** When an event is: half-open `[start, end)`, as instants, or as dates of its zone for all-day events. */
export type Schedule =
  | { readonly kind: 'timed'; readonly start: Instant; readonly end: Instant }
  | { readonly kind: 'all-day'; readonly start: PlainDate; readonly end: PlainDate };

/** How an event repeats, as the API spells it (RFC 5545 sections 3.8.5.1 to 3.8.5.3). */
export interface Recurrence {
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
}

/** What its owner says of an event. */
export interface EventContent {
  readonly calendarId: CalendarId;
  /** iCalendar UID, unique in the calendar. */
  readonly uid: string;
  readonly title: string;
  readonly schedule: Schedule;
  /** The wall-clock home of the event. */
  readonly timeZone: TimeZoneId;
  readonly description: string;
  readonly location: string;
  /** Canonical ISO 8601 durations before the start, the longest first, none twice. */
  readonly notifyBefore: readonly string[];
  /** Always null so far: recurring events are refused on input. */
  readonly recurrence: Recurrence | null;
  /** Whether it occupies its time: two busy events of a calendar may not overlap. */
  readonly busy: boolean;
}

/** An event as it is to be stored; the store adds the revision. */
export interface EventDraft extends EventContent {
  readonly id: EventId;
  readonly owner: UserId;
  /** iCalendar SEQUENCE (RFC 5545 section 3.8.7.4): raised when the time changes. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** An event as it is stored. */
export interface Event extends EventDraft {
  /** The calendar's revision of the event's last change. */
  readonly revision: number;
}

/** The etag of the event's stored version: no two versions of an event have the same revision. */
export function etagOf(event: Event): Etag {
  return event.revision.toString(36) as Etag;
}

/** Whether the owner said the same of both. */
export function sameContent(a: EventContent, b: EventContent): boolean {
  return (
    a.calendarId === b.calendarId &&
    a.uid === b.uid &&
    a.title === b.title &&
    sameSchedule(a.schedule, b.schedule) &&
    a.timeZone === b.timeZone &&
    a.description === b.description &&
    a.location === b.location &&
    a.notifyBefore.join() === b.notifyBefore.join() &&
    JSON.stringify(a.recurrence) === JSON.stringify(b.recurrence) &&
    a.busy === b.busy
  );
}

export function sameSchedule(a: Schedule, b: Schedule): boolean {
  return a.kind === b.kind && a.start === b.start && a.end === b.end;
}

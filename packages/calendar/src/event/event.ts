import type { CalendarId } from '../calendar/calendar.ts';
import type { BusyConflict } from '../occurrence/occurrence.ts';
import type { Instant } from '../time/instant.ts';
import type { PlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import type { WallTime } from '../time/wall-time.ts';

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

/**
 * How an event repeats (RFC 5545 sections 3.8.5.1 to 3.8.5.3). Dates are wall-clock times of the event's
 * zone, so that they follow it when its rules change; DTSTART is the event's start.
 */
export interface Recurrence {
  /** The canonical RRULE, or empty where the event repeats on `rdates` alone. */
  readonly rrule: string;
  /** Starts that are left out: ascending, none twice. */
  readonly exdates: readonly WallTime[];
  /** Starts that are added: ascending, none twice, none before the event's start. */
  readonly rdates: readonly WallTime[];
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
  /** Null for an event that takes place once. */
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
  /**
   * Where not all of a recurrence is rows, as of one without an end: the instant up to which its occurrences
   * are, exclusive. What starts later is worked out when it is asked for.
   */
  readonly materialisedUntil?: Instant;
  /**
   * Where the past of the event was forgotten: occurrences whose recurrence id is before this are no rows and are not
   * made again, but for changed ones.
   */
  readonly materialisedFrom?: Instant;
  /** The event that this one goes on from, where a series was split. */
  readonly continues?: EventId;
  /** The event that goes on from this one, where a series was split. */
  readonly continuedBy?: EventId;
}

/** An event as it is stored. */
export interface Event extends EventDraft {
  /** The calendar's revision of the event's last change. */
  readonly revision: number;
  /** Present where an occurrence clashes with another that it met when the horizon or a zone moved. */
  readonly hasConflicts?: true;
}

/** An event as a use case answers it: with what is not part of its stored version. */
export interface AnsweredEvent extends Event {
  /** Present where this is one occurrence of the event, in its own shape; `recurrence` is null then. */
  readonly recurrenceId?: Instant;
  /** What its occurrences clash with, by start; at most MAX_CONFLICTS. */
  readonly conflicts?: readonly BusyConflict[];
  /** In the answer of a change: changed occurrences that the new series does not have, by their old ids. */
  readonly droppedOverrides?: readonly string[];
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

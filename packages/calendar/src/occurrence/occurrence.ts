import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId, Schedule } from '../event/event.ts';
import { formatZoned } from '../time/format-time.ts';
import { formatUtc, type Instant, type Interval } from '../time/instant.ts';
import { startOfDay } from '../time/local-time.ts';
import { dateToUtcMs, utcMsToDate, type PlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';

/** One concrete time of an event, as it is stored. */
export interface OccurrenceSpan extends Interval {
  /**
   * The original start, which stays when the occurrence is moved: the instant; for all-day events
   * midnight UTC of the date.
   */
  readonly recurrenceId: Instant;
}

/** One concrete time of an event, as listings show it. */
export interface Occurrence {
  readonly eventId: EventId;
  readonly recurrenceId: Instant;
  readonly calendarId: CalendarId;
  readonly title: string;
  readonly schedule: Schedule;
  readonly timeZone: TimeZoneId;
  readonly busy: boolean;
  readonly location: string;
  /** Whether its event repeats. */
  readonly recurring: boolean;
  /** Whether it was changed apart from its series. */
  readonly overridden: boolean;
  /** Where it stands in the order of listings. */
  readonly startsAt: Instant;
}

/** A busy occurrence that is in the way of another, in the forms of the API. */
export interface BusyConflict {
  readonly eventId: EventId;
  readonly recurrenceId: string;
  readonly start: string;
  readonly end: string;
}

/** The interval that a schedule covers: all-day events go from local midnight to local midnight. */
export function spanOf(schedule: Schedule, zone: TimeZoneId): OccurrenceSpan {
  switch (schedule.kind) {
    case 'timed':
      return { recurrenceId: schedule.start, start: schedule.start, end: schedule.end };
    case 'all-day':
      return {
        recurrenceId: dateToUtcMs(schedule.start) as Instant,
        start: startOfDay(zone, schedule.start),
        end: startOfDay(zone, schedule.end),
      };
    default:
      return schedule satisfies never;
  }
}

/** `2026-03-29T08:00:00Z`, or `2026-03-29` for all-day events. */
export function formatRecurrenceId(recurrenceId: Instant, kind: Schedule['kind']): string {
  return kind === 'timed' ? formatUtc(recurrenceId) : utcMsToDate(recurrenceId);
}

/** Start and end as the API spells them: RFC 3339 in the zone, or dates. */
export function formatSchedule(
  schedule: Schedule,
  zone: TimeZoneId,
): { readonly start: string; readonly end: string } {
  switch (schedule.kind) {
    case 'timed':
      return { start: formatZoned(zone, schedule.start), end: formatZoned(zone, schedule.end) };
    case 'all-day':
      return { start: schedule.start satisfies PlainDate, end: schedule.end };
    default:
      return schedule satisfies never;
  }
}

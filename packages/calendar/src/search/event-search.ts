import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId, UserId } from '../event/event.ts';
import type { Occurrence } from '../occurrence/occurrence.ts';
import type { Instant, Interval } from '../time/instant.ts';

/** Which events are looked for. */
interface EventQuery {
  readonly owner: UserId;
  /** Calendars of the owner, at least one. */
  readonly calendarIds: readonly CalendarId[];
  /** Each begins a word of the event: see splitWords. At least one. */
  readonly words: readonly string[];
  readonly now: Instant;
  /** Only what comes after this place in the order. */
  readonly after: FoundPosition | undefined;
  readonly limit: number;
}

/** A place in the order of what was found: see placeOf. */
export interface FoundPosition {
  readonly place: number;
  readonly eventId: EventId;
}

/**
 * An event by the one of its occurrences that is meant most likely: of those that have the words, in texts of their own
 * where they have such, the next that is not over, else the last.
 */
interface FoundEvent {
  readonly occurrence: Occurrence;
  readonly place: number;
}

/** Finds events by their words. */
export interface EventSearch {
  /** By place, then id. */
  find(query: EventQuery, signal?: AbortSignal): Promise<readonly FoundEvent[]>;
}

/** Further than any two instants are apart, in milliseconds. */
export const PAST = 1e15;

/** What comes next is first, then what is over, the latest first: how far it is from now, in milliseconds. */
export function placeOf({ start, end }: Interval, now: Instant): number {
  return end > now ? Math.max(0, start - now) : PAST + now - start;
}

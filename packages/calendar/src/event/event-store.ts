import type { CalendarId } from '../calendar/calendar.ts';
import type { Occurrence, OccurrenceSpan } from '../occurrence/occurrence.ts';
import type { Instant, Interval } from '../time/instant.ts';
import type { Event, EventDraft, EventId, UserId } from './event.ts';

/** An event together with every concrete time that it has, to be written in one step. */
export interface PlannedEvent {
  readonly event: EventDraft;
  /** At least one, ascending by `recurrenceId`, none twice. */
  readonly occurrences: readonly OccurrenceSpan[];
  /**
   * True where the id was made at random just now, so that nobody else can be adding it at this moment:
   * then adding takes one step less. Without it every id is looked out for.
   */
  readonly freshId?: boolean;
}

/** What adding an event came to. `exists` is an outcome, not an error: creating is idempotent. */
export type AddResult =
  | { readonly kind: 'added'; readonly event: Event }
  /** The owner has an event of this id already, in whichever calendar. */
  | { readonly kind: 'exists'; readonly event: Event };

/** Which occurrences a listing wants: those of the owner that overlap `[from, to)`. */
export interface OccurrenceQuery {
  readonly owner: UserId;
  /** One calendar, or all of the owner's. An unknown one lists nothing. */
  readonly calendarId: CalendarId | undefined;
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive, after `from`. */
  readonly to: Instant;
  /** Only what comes after this place in the order. */
  readonly after: OccurrencePosition | undefined;
  /** At most this many, from 1. */
  readonly limit: number;
}

/** A place in the order of listings: by start, then event id, then recurrence id. */
export interface OccurrencePosition {
  readonly start: Instant;
  readonly eventId: EventId;
  readonly recurrenceId: Instant;
}

/**
 * Keeps events and their occurrences. It promises, under any concurrency:
 * - Busy occurrences of one calendar never overlap: a write that would make two overlap throws
 *   ErrDateBusy and changes nothing.
 * - Writes to one calendar are serialised; each raises the calendar's revision by one and stamps it on
 *   what it changed. A write that fails raises nothing and changes nothing.
 * - Ids are unique for an owner; uids are unique in a calendar (ErrEventExists).
 * - A write is durable before its promise resolves, where the store is durable at all.
 * Ids of other owners are as if they were not there.
 */
export interface EventStore {
  /**
   * Adds an event and its occurrences.
   * @throws ErrDateBusy, ErrEventExists (the uid is taken), ErrCalendarNotFound.
   */
  add(planned: PlannedEvent, signal?: AbortSignal): Promise<AddResult>;

  /** The owner's event. */
  get(owner: UserId, id: EventId, signal?: AbortSignal): Promise<Event | undefined>;

  /**
   * Changes one event: `change` sees its current version under the calendar's lock and says what
   * replaces it; the id, the owner and the calendar stay. Undefined leaves it as it is and writes
   * nothing: the current version is answered. What `change` throws is thrown, and nothing is
   * changed. It must be pure: it may be called again.
   * @throws ErrEventNotFound, ErrDateBusy, ErrEventExists (the uid is taken).
   */
  update(
    owner: UserId,
    id: EventId,
    change: (current: Event) => PlannedEvent | undefined,
    signal?: AbortSignal,
  ): Promise<Event>;

  /**
   * Deletes one event, and leaves a tombstone with its id, uid and the new revision. `check` sees the
   * current version first; what it throws is thrown, and nothing is deleted.
   * @throws ErrEventNotFound
   */
  delete(owner: UserId, id: EventId, check: (current: Event) => void, signal?: AbortSignal): Promise<void>;

  /** The occurrences that overlap the period, in the order of OccurrencePosition. */
  list(query: OccurrenceQuery, signal?: AbortSignal): Promise<readonly Occurrence[]>;

  /** What is busy in `[from, to)`, merged into the fewest intervals, cut to the period, ascending. */
  listBusy(
    query: Omit<OccurrenceQuery, 'after' | 'limit'>,
    signal?: AbortSignal,
  ): Promise<readonly Interval[]>;
}

/** How many conflicts ErrDateBusy names at most. */
export const MAX_CONFLICTS = 10;

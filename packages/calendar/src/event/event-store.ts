import type { CalendarId } from '../calendar/calendar.ts';
import type { BusyConflict, Occurrence } from '../occurrence/occurrence.ts';
import type { OccurrenceChanges, OccurrenceOverride, PlannedOccurrence } from '../occurrence/override.ts';
import type { Instant, Interval } from '../time/instant.ts';
import type { Event, EventDraft, EventId, UserId } from './event.ts';

/** An event together with every concrete time of it that is a row, to be written in one step. */
export interface PlannedEvent {
  readonly event: EventDraft;
  /** Ascending by `recurrenceId`, none twice; see planOccurrences. */
  readonly occurrences: readonly PlannedOccurrence[];
  /**
   * True where the id was made at random just now, so that nobody else can be adding it at this moment:
   * then adding takes one step less. Without it every id is looked out for.
   */
  readonly freshId?: boolean;
}

/** What replaces an event; with a successor the series is split, and both are written in one step. */
export interface ChangedEvent extends PlannedEvent {
  /** A new event of the same calendar, with a fresh id. */
  readonly successor?: PlannedEvent;
}

/** What becomes of an event: undefined leaves it as it is. */
export type EventChange = ChangedEvent | 'delete' | undefined;

/** An event, and what was changed of one of its occurrences. */
export interface StoredOccurrence {
  readonly event: Event;
  /** Undefined where nothing was changed; that the occurrence exists is not said. */
  readonly changes: OccurrenceChanges | undefined;
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
 *   ErrDateBusy and changes nothing. That includes those of endless series that are no rows yet; two
 *   endless series are compared up to the horizon of the one that is written.
 * - Listings say the same wherever the horizon of an endless series is, also while it moves.
 * - Writes to one calendar are serialised; each raises the calendar's revision by one and stamps it on
 *   what it changed. A write that fails raises nothing and changes nothing.
 * - Ids are unique for an owner; uids are unique in a calendar (ErrEventExists).
 * - The links between the parts of a divided series name events that are there: where a part goes, or is divided
 *   again, its neighbours are linked with what is next, and have the revision of that write.
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

  /** The owner's event, with what was changed of one occurrence. */
  getOccurrence(
    owner: UserId,
    id: EventId,
    recurrenceId: Instant,
    signal?: AbortSignal,
  ): Promise<StoredOccurrence | undefined>;

  /**
   * What the event's occurrences clash with although they were let in, by start; at most MAX_CONFLICTS.
   * Empty for most: `hasConflicts` says when it is worth asking.
   */
  listConflicts(owner: UserId, id: EventId, signal?: AbortSignal): Promise<readonly BusyConflict[]>;

  /**
   * Changes one event: `change` sees its current version, and what was changed of its occurrences, under
   * the calendar's lock and says what replaces it; the id, the owner and the calendar stay. Where the
   * change is undefined or `delete` the current version is answered. What `change` throws is thrown,
   * and nothing is changed. It must be pure: it may be called again.
   *
   * Occurrences that stay as they are keep what they clash with; those that change must be free.
   * @throws ErrEventNotFound, ErrDateBusy, ErrEventExists (the uid is taken).
   */
  update(
    owner: UserId,
    id: EventId,
    change: (current: Event, overrides: readonly OccurrenceOverride[]) => EventChange,
    signal?: AbortSignal,
  ): Promise<Event>;

  /**
   * Deletes one event, and leaves a tombstone with its id, uid and the new revision. `check` sees the
   * current version first; what it throws is thrown, and nothing is deleted.
   * @throws ErrEventNotFound
   */
  delete(owner: UserId, id: EventId, check: (current: Event) => void, signal?: AbortSignal): Promise<void>;

  /**
   * The occurrences that overlap the period, in the order of OccurrencePosition.
   * @throws ErrInvalidRequest where the series of the period take too many steps to work out.
   */
  list(query: OccurrenceQuery, signal?: AbortSignal): Promise<readonly Occurrence[]>;

  /**
   * What is busy in `[from, to)`, merged into the fewest intervals, cut to the period, ascending.
   * @throws ErrInvalidRequest as list.
   */
  listBusy(
    query: Omit<OccurrenceQuery, 'after' | 'limit'>,
    signal?: AbortSignal,
  ): Promise<readonly Interval[]>;
}

/** How many conflicts ErrDateBusy names at most. */
export const MAX_CONFLICTS = 10;

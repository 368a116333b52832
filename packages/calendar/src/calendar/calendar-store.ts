import type { UserId } from '../event/event.ts';
import type { Calendar, CalendarDraft, CalendarId } from './calendar.ts';

/** How many calendars a user may have. */
export const MAX_CALENDARS = 100;

export type AddCalendarResult =
  | { readonly kind: 'added'; readonly calendar: Calendar }
  /** The owner has a calendar of this id already. */
  | { readonly kind: 'exists'; readonly calendar: Calendar }
  /** The owner has MAX_CALENDARS. */
  | { readonly kind: 'too-many' };

/** Keeps calendars. Ids of other owners are as if they were not there. */
export interface CalendarStore {
  /**
   * The owner's default calendar; the draft becomes it where the owner has none. Asked at once from
   * many places, all get the same one.
   */
  ensureDefault(draft: CalendarDraft, signal?: AbortSignal): Promise<Calendar>;

  /** The owner's default calendar, if it has been made. */
  getDefault(owner: UserId, signal?: AbortSignal): Promise<Calendar | undefined>;

  get(owner: UserId, id: CalendarId, signal?: AbortSignal): Promise<Calendar | undefined>;

  /** All of the owner's, the default one first, then by name and id. */
  list(owner: UserId, signal?: AbortSignal): Promise<readonly Calendar[]>;

  /**
   * Adds a calendar that is not the default one.
   * @throws ErrCalendarExists where another owner's calendar has the id.
   */
  add(draft: CalendarDraft, signal?: AbortSignal): Promise<AddCalendarResult>;

  /**
   * Changes name and zone, and raises the revision. What `change` throws is thrown, and nothing is
   * changed.
   * @throws ErrCalendarNotFound
   */
  update(
    owner: UserId,
    id: CalendarId,
    change: (current: Calendar) => CalendarDraft,
    signal?: AbortSignal,
  ): Promise<Calendar>;
}

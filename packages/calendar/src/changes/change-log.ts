import type { CalendarId } from '../calendar/calendar.ts';
import type { UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';

/** How far what belongs to a user has come: where two differ, something has changed in between. */
export interface OwnerState {
  /** Every calendar of the user, by id. Each write to a calendar raises its revision. */
  readonly calendars: readonly { readonly id: CalendarId; readonly revision: number }[];
  /**
   * Another text whenever a reminder that fell due within RECENT_MS was sent, or will not be. Opaque; now and then
   * it differs though nothing has happened.
   */
  readonly reminders: string;
}

/** Reminders that fell due longer ago are not looked at. */
export const RECENT_MS = 24 * 3_600_000;

/** Tells how far calendars have come, for many users at once. */
export interface ChangeLog {
  /** In the order of the owners; one without a calendar has an empty state. */
  read(owners: readonly UserId[], now: Instant, signal?: AbortSignal): Promise<readonly OwnerState[]>;
}

/** The state of an owner without a calendar. */
export const NO_STATE: OwnerState = { calendars: [], reminders: '' };

export function isSameState(a: OwnerState, b: OwnerState): boolean {
  return a.reminders === b.reminders && revisionsOf(a) === revisionsOf(b);
}

function revisionsOf({ calendars }: OwnerState): string {
  return calendars.map(({ id, revision }) => `${id}:${revision}`).join();
}

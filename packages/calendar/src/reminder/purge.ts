import type { Instant } from '../time/instant.ts';

/** Where a purge has come to; opaque. */
export interface PurgeCursor {
  readonly calendarId: string;
  readonly eventId: string;
}

/** What one step of a purge came to. */
export interface PurgeResult {
  readonly events: number;
  /** Past occurrences of series that go on. */
  readonly occurrences: number;
  readonly reminders: number;
  /** Where to go on; undefined where all is done. */
  readonly next: PurgeCursor | undefined;
}

/** Forgets what is long over. */
export interface Purge {
  /**
   * Removes, among the next `limit` events, those that ended before `before`, as if their owners had deleted them,
   * but with their reminders; and of series without end the past occurrences, which no later change makes again. One
   * that was moved into the past goes when its original start is past, too. Each is a step of its own under the lock of
   * its calendar; a calendar that somebody writes to is passed over until the next purge.
   */
  purge(
    options: { readonly before: Instant; readonly limit: number; readonly after?: PurgeCursor | undefined },
    signal?: AbortSignal,
  ): Promise<PurgeResult>;
}

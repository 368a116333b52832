import { toInstant, type Instant } from '../time/instant.ts';
import type { Purge, PurgeCursor, PurgeResult } from './purge.ts';

/** What forgetting needs from outside. */
export interface PurgeContext {
  readonly purge: Purge;
  /** The present. */
  readonly now: () => Instant;
}

/** How many events one step looks at. */
const BATCH = 100;

/**
 * Forgets events that ended more than so many calendar years ago, and what became of their reminders: a step of
 * it. Worth doing once a day, until `next` is undefined.
 * @param keepYears whole years, from 1.
 * @param after the `next` of the step before.
 */
export async function purgeOldEvents(
  { purge, now }: PurgeContext,
  keepYears: number,
  after?: PurgeCursor,
  signal?: AbortSignal,
): Promise<PurgeResult> {
  return purge.purge({ before: yearsBefore(now(), keepYears), limit: BATCH, after }, signal);
}

/** The same date and time so many calendar years before, in UTC; 29 February becomes the 28th. */
export function yearsBefore(instant: Instant, years: number): Instant {
  const date = new Date(instant);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - years);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return toInstant(date.getTime());
}

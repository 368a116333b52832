import type { Instant } from '../time/instant.ts';
import { goBack, type KeepPeriod } from './keep-period.ts';
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
 * Forgets events that ended longer ago than they are kept, and what became of their reminders: a step of it. To be
 * gone on with, after a pause that lets others write, until `next` is undefined.
 * @param keep in calendar years, months and days, back from the present in UTC.
 * @param after the `next` of the step before.
 */
export async function purgeOldEvents(
  { purge, now }: PurgeContext,
  keep: KeepPeriod,
  after?: PurgeCursor,
  signal?: AbortSignal,
): Promise<PurgeResult> {
  return purge.purge({ before: goBack(now(), keep), limit: BATCH, after }, signal);
}

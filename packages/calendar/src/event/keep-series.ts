import { horizonFrom } from '../occurrence/horizon.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import type { RecomputeCursor, SeriesUpkeep } from './series-upkeep.ts';

/** What keeping series needs from outside. */
export interface UpkeepContext {
  readonly upkeep: SeriesUpkeep;
  /** The present. */
  readonly now: () => Instant;
}

/** How far a horizon may fall back before it is moved: rows are then added by the month, not by the day. */
const SLACK_MS = 30 * DAY_MS;

/** How many series or events one call looks at. */
const BATCH = 100;

/**
 * Moves the horizons that have fallen back by a month to two years from now, a batch of them.
 * @returns how many were moved; call again while it is a whole batch.
 */
export async function extendHorizons(
  { upkeep, now }: UpkeepContext,
  signal?: AbortSignal,
): Promise<{ readonly extended: number; readonly conflicts: number; readonly isDone: boolean }> {
  const until = horizonFrom(now());
  const dueBefore = toInstant(until - SLACK_MS);
  const result = await upkeep.extendHorizon({ dueBefore, until, limit: BATCH }, signal);
  return { ...result, isDone: result.extended < BATCH };
}

/**
 * Computes anew what was computed with another time-zone database, a batch of it. Worth doing once after
 * each start, until `next` is undefined.
 * @param after the `next` of the call before.
 */
export async function recomputeZones(
  { upkeep, now }: UpkeepContext,
  after?: RecomputeCursor,
  signal?: AbortSignal,
): ReturnType<SeriesUpkeep['recomputeZones']> {
  return upkeep.recomputeZones({ now: now(), limit: BATCH, after }, signal);
}

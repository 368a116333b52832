import { setTimeout as delay } from 'node:timers/promises';
import {
  extendHorizons,
  purgeOldEvents,
  recomputeZones,
  type KeepPeriod,
  type PurgeContext,
  type PurgeCursor,
  type RecomputeCursor,
  type UpkeepContext,
} from '@daywatch/calendar';
import type { SchedulerMetrics } from './scheduler-metrics.ts';
import type { Trouble } from './trouble.ts';

export interface UpkeepLoopOptions {
  readonly context: UpkeepContext & PurgeContext;
  /** How long events are kept after their end. */
  readonly keep: KeepPeriod;
  readonly metrics: SchedulerMetrics;
  readonly trouble: Trouble;
}

const EVERY_MS = 60 * 60_000;
const RETRY_MS = 5_000;
/** A batch holds a calendar's lock for each event, for moments; the pause lets whoever writes go first. */
const PAUSE_MS = 20;

/**
 * Once after the start, and then every hour: moves the horizons of endless series, and removes what is long over.
 * Once after the start: computes anew what was computed with other rules of time zones. Several processes may do so
 * at once: each step is one transaction that finds done what another one did.
 */
export async function keepInOrder(options: UpkeepLoopOptions, signal: AbortSignal): Promise<void> {
  const { context, keep, metrics, trouble } = options;
  let areZonesDone = false;

  async function extendAll(): Promise<void> {
    for (let isDone = false; !isDone && !signal.aborted;) {
      const result = await extendHorizons(context, signal);
      metrics.countUpkeep('extended', result.extended);
      ({ isDone } = result);
      await pause(PAUSE_MS, signal);
    }
  }

  async function recomputeAll(): Promise<void> {
    let after: RecomputeCursor | undefined;
    do {
      const result = await recomputeZones(context, after, signal);
      metrics.countUpkeep('recomputed', result.recomputed);
      after = result.next;
      await pause(PAUSE_MS, signal);
    } while (after && !signal.aborted);
    areZonesDone = !signal.aborted;
  }

  async function purgeAll(): Promise<void> {
    let after: PurgeCursor | undefined;
    do {
      const result = await purgeOldEvents(context, keep, after, signal);
      metrics.countUpkeep('purged', result.events);
      after = result.next;
      await pause(PAUSE_MS, signal);
    } while (after && !signal.aborted);
  }

  while (!signal.aborted) {
    let pauseMs = EVERY_MS;
    try {
      await extendAll();
      if (!areZonesDone) await recomputeAll();
      await purgeAll();
      trouble.isOver();
    } catch (error) {
      if (signal.aborted) return;
      trouble.is(error);
      pauseMs = RETRY_MS;
    }
    await pause(pauseMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

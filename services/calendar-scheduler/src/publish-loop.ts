import { setTimeout as delay } from 'node:timers/promises';
import { scheduleReminders, type SchedulingContext, type SchedulingResult } from '@daywatch/calendar';
import type { MessageQueue } from '@daywatch/delivery';
import type { Trouble } from './trouble.ts';
import type { SchedulerMetrics } from './scheduler-metrics.ts';

export interface PublishLoopOptions {
  readonly context: SchedulingContext & { readonly queue: Pick<MessageQueue, 'publish' | 'check'> };
  /** The longest sleep: reminders that are written meanwhile, and due at once, wait for its end. */
  readonly periodMs: number;
  /** How many are claimed at once. */
  readonly batch: number;
  /** How long a claim lasts. */
  readonly leaseMs: number;
  readonly metrics: SchedulerMetrics;
  readonly trouble: Trouble;
}

const RETRY_MS = 500;
/** While one batch is on its way to the queue, another one is claimed or recorded. */
const LANES = 2;
/** Others have in hand what is due: no reason to ask without a pause. */
const OTHERS_WORK_MS = 10;

/**
 * Publishes what is due, and sleeps until the next reminder is, until the signal is aborted. A batch that was begun
 * is finished: what is in the queue is to be recorded.
 */
export async function publishWhatIsDue(options: PublishLoopOptions, signal: AbortSignal): Promise<void> {
  const { context, periodMs, batch, leaseMs, metrics, trouble } = options;
  const { queue, reminders, now } = context;
  let isQueueInDoubt = false;

  async function publishBatch(): Promise<SchedulingResult> {
    const result = await scheduleReminders(context, { limit: batch, leaseMs });
    isQueueInDoubt = result.postponed > 0;
    metrics.countBatch(result);
    metrics.setNextDue(now() - result.lagMs);
    return result;
  }

  /** Publishes until there is no more than a batch. */
  async function followLane(): Promise<void> {
    while (!signal.aborted && !isQueueInDoubt) if (!(await publishBatch()).isFull) return;
  }

  /** @returns how long to sleep */
  async function publishAll(): Promise<number> {
    // While the queue is away nothing is claimed: others who reach it may publish.
    if (isQueueInDoubt) await queue.check(signal);
    const result = await publishBatch();
    if (result.isFull) {
      const lanes = await Promise.allSettled(Array.from({ length: LANES }, followLane));
      for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
    }
    if (isQueueInDoubt) return RETRY_MS;
    if (result.isFull) return 0;
    const next = await reminders.nextDueAt(signal);
    metrics.setNextDue(next);
    const waitMs = next === undefined ? periodMs : Math.min(periodMs, next - now());
    return Math.max(waitMs, result.claimed > 0 ? 0 : OTHERS_WORK_MS);
  }

  while (!signal.aborted) {
    let pauseMs = RETRY_MS;
    try {
      pauseMs = await publishAll();
      trouble.isOver();
    } catch (error) {
      if (signal.aborted) return;
      trouble.is(error);
    }
    if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

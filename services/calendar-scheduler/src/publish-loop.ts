import { setTimeout as delay } from 'node:timers/promises';
import { scheduleReminders, type SchedulingContext } from '@daywatch/calendar';
import type { MessageQueue } from '@daywatch/delivery';
import type { Trouble } from './trouble.ts';
import type { SchedulerMetrics } from './scheduler-metrics.ts';

export interface PublishLoopOptions {
  readonly context: SchedulingContext & { readonly queue: Pick<MessageQueue, 'publish' | 'check'> };
  /** The longest sleep: reminders that are written meanwhile, and due at once, wait for its end. */
  readonly periodMs: number;
  readonly metrics: SchedulerMetrics;
  readonly trouble: Trouble;
}

/** As many as are published, and recorded, in a fraction of a second. */
const BATCH = 1_000;
/** Longer than the queue takes to confirm or give up (10 s), and a slow database to record it. */
const LEASE_MS = 30_000;
const RETRY_MS = 500;
/** Others have in hand what is due: no reason to ask without a pause. */
const OTHERS_WORK_MS = 10;

/**
 * Publishes what is due, and sleeps until the next reminder is, until the signal is aborted. A batch that was begun
 * is finished: what is in the queue is to be recorded.
 */
export async function publishWhatIsDue(options: PublishLoopOptions, signal: AbortSignal): Promise<void> {
  const { context, periodMs, metrics, trouble } = options;
  const { queue, reminders, now } = context;
  let isQueueInDoubt = false;

  async function publishBatch(): Promise<number> {
    // While the queue is away nothing is claimed: others who reach it may publish.
    if (isQueueInDoubt) await queue.check(signal);
    const result = await scheduleReminders(context, { limit: BATCH, leaseMs: LEASE_MS });
    isQueueInDoubt = result.postponed > 0;
    metrics.countBatch(result);
    if (result.isFull || isQueueInDoubt) {
      metrics.setNextDue(now() - result.lagMs);
      return isQueueInDoubt ? RETRY_MS : 0;
    }
    const next = await reminders.nextDueAt(signal);
    metrics.setNextDue(next);
    const waitMs = next === undefined ? periodMs : Math.min(periodMs, next - now());
    return Math.max(waitMs, result.claimed > 0 ? 0 : OTHERS_WORK_MS);
  }

  while (!signal.aborted) {
    let pauseMs = RETRY_MS;
    try {
      pauseMs = await publishBatch();
      trouble.isOver();
    } catch (error) {
      if (signal.aborted) return;
      trouble.is(error);
    }
    if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

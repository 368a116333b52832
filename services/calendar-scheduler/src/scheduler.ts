import { randomUUID } from 'node:crypto';
import { toInstant, type Purge, type ReminderQueue, type SeriesUpkeep } from '@daywatch/calendar';
import type { MessageQueue } from '@daywatch/delivery';
import type { Logger } from '@daywatch/service-kit/log';
import type { Registry } from '@daywatch/service-kit/metrics';
import type { CalendarSchedulerConfig } from './config.ts';
import { publishWhatIsDue } from './publish-loop.ts';
import { createSchedulerMetrics } from './scheduler-metrics.ts';
import { createTrouble } from './trouble.ts';
import { keepInOrder } from './upkeep-loop.ts';

export interface SchedulerOptions {
  readonly reminders: ReminderQueue;
  readonly upkeep: SeriesUpkeep;
  readonly purge: Purge;
  readonly queue: Pick<MessageQueue, 'publish' | 'check'>;
  readonly config: CalendarSchedulerConfig['scheduler'];
  readonly logger: Logger;
  /** How many reminders are claimed, published and recorded together, at most. Default 1,000. */
  readonly batch?: number;
  /** What was claimed and is not recorded after so long is claimed again. Default 30,000. */
  readonly leaseMs?: number;
}

/** Publishes reminders and keeps the calendar in order. Several may work side by side. */
export interface Scheduler extends AsyncDisposable {
  readonly registry: Registry;
  /** Begins, once everything that it needs is there. Disposing of it finishes what was begun. */
  readonly begin: () => void;
}

/** As many as are published, and recorded, in a fraction of a second. */
const BATCH = 1_000;
/** Longer than the queue takes to confirm or give up (10 s), and a slow database to record it. */
const LEASE_MS = 30_000;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { reminders, upkeep, purge, queue, config, logger, batch = BATCH, leaseMs = LEASE_MS } = options;
  const stopping = new AbortController();
  const now = () => toInstant(Date.now());
  const metrics = createSchedulerMetrics(() => Date.now());
  let work: Promise<unknown> = Promise.resolve();
  return {
    registry: metrics.registry,
    begin() {
      const publishing = publishWhatIsDue(
        {
          context: { reminders, queue, now, newClaimId: randomUUID },
          periodMs: config.period,
          batch,
          leaseMs,
          metrics,
          trouble: createTrouble('publishing reminders', logger),
        },
        stopping.signal,
      );
      const keeping = keepInOrder(
        {
          context: { upkeep, purge, now },
          keep: config.keep,
          metrics,
          trouble: createTrouble('keeping the calendar in order', logger),
        },
        stopping.signal,
      );
      work = Promise.all([publishing, keeping]);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('the scheduler stops'));
      await work;
    },
  };
}

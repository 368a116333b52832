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
  readonly purge?: Purge;
  readonly queue: Pick<MessageQueue, 'publish' | 'check'>;
  readonly config: CalendarSchedulerConfig['scheduler'];
  readonly logger: Logger;
}

/** Publishes reminders and keeps the calendar in order. Several may work side by side. */
export interface Scheduler extends AsyncDisposable {
  readonly registry: Registry;
  /** Begins, once everything that it needs is there. Disposing of it finishes what was begun. */
  readonly begin: () => void;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { reminders, upkeep, purge, queue, config, logger } = options;
  const stopping = new AbortController();
  const now = () => toInstant(Date.now());
  const metrics = createSchedulerMetrics(() => Date.now());
  let work: Promise<unknown> = Promise.resolve();
  return {
    registry: metrics.registry,
    begin() {
      const publishing = publishWhatIsDue(
        {
          context: { reminders, queue, now },
          periodMs: config.period,
          metrics,
          trouble: createTrouble('publishing reminders', logger),
        },
        stopping.signal,
      );
      const keeping = keepInOrder(
        {
          context: { upkeep, now, ...(purge && { purge }) },
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

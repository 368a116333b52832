import type { SchedulingResult } from '@daywatch/calendar';
import { createRegistry, registerMetric, type Registry } from '@daywatch/service-kit/metrics';

/** What the scheduler has done, and how far it is behind. */
export interface SchedulerMetrics {
  readonly registry: Registry;
  readonly countBatch: (result: SchedulingResult) => void;
  /** When the oldest reminder that still has to be published is due, in milliseconds since 1970. */
  readonly setNextDue: (dueAtMs: number | undefined) => void;
  readonly countUpkeep: (work: UpkeepWork, count: number) => void;
}

type UpkeepWork = 'extended' | 'recomputed' | 'purged';

const BATCH_COUNTERS = {
  claimed: ['calendar_reminders_claimed_total', 'Due reminders that this process took in hand.'],
  published: ['calendar_reminders_published_total', 'Reminders that were given to the queue.'],
  confirmed: ['calendar_reminders_confirmed_total', 'Reminders that the queue has confirmed.'],
  postponed: [
    'calendar_reminders_postponed_total',
    'Reminders that the queue did not take or confirm: they are published again.',
  ],
  expired: [
    'calendar_reminders_expired_total',
    'Reminders whose occurrence was over before they could be published.',
  ],
  unpublishable: [
    'calendar_reminders_unpublishable_total',
    'Reminders that failed before they were published.',
  ],
} as const;

const UPKEEP_COUNTERS = {
  extended: ['calendar_series_extended_total', 'Endless series whose horizon was moved.'],
  recomputed: ['calendar_events_recomputed_total', 'Events computed anew with other rules of time zones.'],
  purged: ['calendar_events_purged_total', 'Events that were removed because they are long over.'],
} as const;

export function createSchedulerMetrics(now: () => number): SchedulerMetrics {
  const registry = createRegistry();
  const counts = countersOf({ ...BATCH_COUNTERS, ...UPKEEP_COUNTERS }, registry);
  let nextDueMs: number | undefined;
  registerMetric(registry, {
    name: 'calendar_reminders_lag_seconds',
    help: 'How long the oldest reminder has been due that is not published yet; 0 where none is.',
    type: 'gauge',
    collect: () => [{ labels: {}, value: Math.max(0, now() - (nextDueMs ?? Infinity)) / 1000 }],
  });
  return {
    registry,
    countBatch({ claimed, published, postponed, expired, failed }) {
      counts.claimed += claimed;
      counts.published += published + postponed;
      counts.confirmed += published;
      counts.postponed += postponed;
      counts.expired += expired;
      counts.unpublishable += failed;
    },
    setNextDue(dueAtMs) {
      nextDueMs = dueAtMs;
    },
    countUpkeep(work, count) {
      counts[work] += count;
    },
  };
}

function countersOf<K extends string>(
  counters: Readonly<Record<K, readonly [name: string, help: string]>>,
  registry: Registry,
): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (const key of Object.keys(counters) as K[]) {
    const [name, help] = counters[key];
    counts[key] = 0;
    registerMetric(registry, {
      name,
      help,
      type: 'counter',
      collect: () => [{ labels: {}, value: counts[key] }],
    });
  }
  return counts;
}

import type { SettledMessage } from '@daywatch/calendar';
import type { MessageQueue } from '@daywatch/delivery';
import {
  createRegistry,
  Histogram,
  registerMetric,
  type Registry,
  type Sample,
} from '@daywatch/service-kit/metrics';

/** What the sender has done, and what waits for it. */
export interface SenderMetrics {
  readonly registry: Registry;
  readonly countSettled: (settled: SettledMessage) => void;
  readonly countDeadLetter: () => void;
  /** How long after it was due a reminder was delivered. */
  readonly observeDelay: (delayMs: number) => void;
}

export interface MetricsSources {
  readonly queue: Pick<MessageQueue, 'depth'>;
  readonly channel: string;
  readonly inFlight: () => number;
}

/** Seconds; a minute is late. */
const DELAY_BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

export function createSenderMetrics({ queue, channel, inFlight }: MetricsSources): SenderMetrics {
  const registry = createRegistry();
  const counts: Record<SettledMessage, number> = {
    sent: 0,
    late: 0,
    retry: 0,
    postponed: 0,
    failed: 0,
    skipped: 0,
    poison: 0,
  };
  let deadLetters = 0;
  const delays = new Histogram('calendar_reminders_delay_seconds', DELAY_BOUNDS);
  const counter = (name: string, help: string, count: () => number): void => {
    const collect = (): readonly Sample[] => [{ labels: { channel }, value: count() }];
    registerMetric(registry, { name: `calendar_reminders_${name}_total`, help, type: 'counter', collect });
  };
  counter('sent', 'Reminders that were delivered, late ones included.', () => counts.sent + counts.late);
  counter('late', 'Reminders that were delivered more than a minute after they were due.', () => counts.late);
  counter('retried', 'Attempts that failed and are made again.', () => counts.retry);
  counter(
    'put_off',
    'Reminders that were put off: their receiver does not keep up, or another sender has them in hand.',
    () => counts.postponed,
  );
  counter('failed', 'Reminders that were refused, or whose attempts are used up.', () => counts.failed);
  counter(
    'skipped',
    'Messages that needed no sending: repetitions, and reminders that were cancelled.',
    () => counts.skipped,
  );
  counter(
    'dead_lettered',
    'Messages that went to the dead letters: failed ones, and what cannot be read.',
    () => deadLetters,
  );
  registerMetric(registry, {
    name: 'calendar_reminders_delay_seconds',
    help: 'How long after they were due reminders were delivered.',
    type: 'histogram',
    collect: () => delays.samples({ channel }),
  });
  registerMetric(registry, {
    name: 'calendar_reminders_in_flight',
    help: 'Messages in the hands of this process.',
    type: 'gauge',
    collect: () => [{ labels: { channel }, value: inFlight() }],
  });
  registerMetric(registry, {
    name: 'calendar_queue_messages',
    help: 'Messages in the queue that wait to be taken, and dead letters. Missing while the queue is away.',
    type: 'gauge',
    collect: () => readDepth(queue),
  });
  return {
    registry,
    countSettled(settled) {
      counts[settled]++;
    },
    countDeadLetter() {
      deadLetters++;
    },
    observeDelay: (delayMs) => delays.observe(delayMs / 1000),
  };
}

const DEPTH_TIMEOUT_MS = 1_000;

async function readDepth(queue: Pick<MessageQueue, 'depth'>): Promise<readonly Sample[]> {
  try {
    const { waiting, deadLetters } = await queue.depth(AbortSignal.timeout(DEPTH_TIMEOUT_MS));
    return [
      { labels: { state: 'waiting' }, value: waiting },
      { labels: { state: 'dead' }, value: deadLetters },
    ];
  } catch {
    return [];
  }
}

import { randomUUID } from 'node:crypto';
import {
  createReminderSender,
  toInstant,
  type ReminderSending,
  type SettingsStore,
} from '@daywatch/calendar';
import type { MessageQueue, Subscription } from '@daywatch/delivery';
import type { Registry } from '@daywatch/service-kit/metrics';
import { openChannel } from './channel.ts';
import type { CalendarSenderConfig } from './config.ts';
import { createSenderMetrics } from './sender-metrics.ts';

export interface SenderOptions {
  readonly sending: ReminderSending;
  readonly settings: SettingsStore;
  readonly queue: Pick<MessageQueue, 'consume' | 'depth'>;
  readonly config: CalendarSenderConfig['sender'];
  /** How long work in flight may take from now on. */
  readonly remainingDrainMs: () => number;
  /** What was begun and has no recorded outcome after so long is begun again. Default: the time-out and 10,000. */
  readonly leaseMs?: number;
}

/** Brings reminders to people. Several may work side by side. */
export interface Sender extends AsyncDisposable {
  readonly registry: Registry;
  /** Begins, once everything that it needs is there. Disposing of it finishes the attempts that were begun. */
  readonly begin: () => void;
}

/** What recording an outcome may take, beyond the attempt itself. */
const RECORDING_MS = 10_000;

/** So many users whose receivers hang at the same time take all that a sender has, for a moment. */
const WEBHOOK_SHARES = 4;

/** @throws ConfigError */
export function createSender(options: SenderOptions): Sender {
  const { sending, settings, queue, config, remainingDrainMs } = options;
  const { leaseMs = config.timeout + RECORDING_MS } = options;
  const owned = openChannel(config, settings);
  const { channel } = owned;
  let subscription: Subscription | undefined;
  const metrics = createSenderMetrics({
    queue,
    channel: channel.name,
    inFlight: () => subscription?.inFlight() ?? 0,
  });
  const handler = createReminderSender({
    sending,
    channel,
    policy: {
      maxAttempts: config.attempts,
      firstDelayMs: config.first_pause,
      maxDelayMs: config.longest_pause,
    },
    // Standard output is one receiver for all; webhooks are their users' own, and may fail or hang.
    maxPerUser: config.channel === 'stdout' ? config.prefetch : Math.ceil(config.prefetch / WEBHOOK_SHARES),
    // Another one at each start: what the process before it had in hand is not in this one's.
    sender: randomUUID(),
    leaseMs,
    now: () => toInstant(Date.now()),
    random: Math.random,
    onSettled: metrics.countSettled,
    onDelivered: metrics.observeDelay,
  });
  return {
    registry: metrics.registry,
    begin() {
      subscription = queue.consume(handler, {
        prefetch: config.prefetch,
        onDeadLetter: metrics.countDeadLetter,
      });
    },
    async [Symbol.asyncDispose]() {
      await subscription?.close(remainingDrainMs());
      await owned[Symbol.asyncDispose]();
    },
  };
}

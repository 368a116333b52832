import type { Queries } from '@daywatch/service-kit/postgres';

import { checkBatch, checkMessage } from '../../queue/check-message.ts';
import type { OutgoingMessage, PublishOutcome } from '../../queue/message.ts';
import type { MessageQueue, Subscription } from '../../queue/message-queue.ts';
import { completeQueueOptions, type QueueOptions } from '../../queue/queue-options.ts';
import { within } from '../../queue/within.ts';
import { Bell } from './bell.ts';
import { createDeadLetters } from './dead-letters.ts';
import { publishInChunks } from './publish-in-chunks.ts';
import { countMessages } from './sql/count-messages.ts';
import { subscribe } from './subscribe.ts';
import { toUnavailable } from './to-unavailable.ts';

export interface PostgresQueueOptions extends Omit<QueueOptions, 'log'> {
  /** The caller's connections. The queue does not close them, and their log tells when the database is away. */
  readonly db: Queries;
  /** A consumer that has died holds its messages back for so long, at most. Default 30,000. */
  readonly leaseMs?: number;
  /** How often an idle consumer looks for messages. Default 25. */
  readonly pollMs?: number;
}

const DEFAULT_DRAIN_MS = 10_000;

/** A queue in the tables of the schema `delivery`: it needs nothing but the database that is there anyway. */
export function createPostgresQueue(options: PostgresQueueOptions): MessageQueue {
  const { db, leaseMs = 30_000, pollMs = 25 } = options;
  const settings = completeQueueOptions(options);
  const { name, maxMessageBytes, publishTimeoutMs } = settings;
  const bells = new Set<Bell>();
  const subscriptions = new Set<Subscription>();
  const publishing = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const ring = (): void => {
    for (const bell of bells) bell.ring();
  };

  async function publish(
    messages: readonly OutgoingMessage[],
    signal?: AbortSignal,
  ): Promise<readonly PublishOutcome[]> {
    const outcomes = messages.map((message) => checkMessage(message, maxMessageBytes));
    const accepted = messages.filter((_, at) => outcomes[at] === undefined);
    const published = (await publishInChunks(db, settings, accepted, publishTimeoutMs, signal)).values();
    ring();
    return outcomes.map((outcome) => outcome ?? published.next().value ?? NOT_SENT);
  }

  async function depth(signal?: AbortSignal) {
    const [row] = await db.query(countMessages, [name], signal).catch((error: unknown) => {
      throw toUnavailable(error, signal);
    });
    return { waiting: row?.waiting ?? 0, deadLetters: row?.dead_letters ?? 0 };
  }

  async function close(drainMs: number): Promise<void> {
    await Promise.all(Array.from(subscriptions, (subscription) => subscription.close(drainMs)));
    await within(Promise.allSettled(publishing), drainMs, 'publishing').catch(() => undefined);
  }
  const closeOnce = (drainMs = DEFAULT_DRAIN_MS): Promise<void> => (closing ??= close(drainMs));

  return {
    async publish(messages, signal) {
      checkBatch(messages);
      if (closing) return messages.map(() => NOT_SENT);
      const work = publish(messages, signal);
      publishing.add(work);
      return work.finally(() => publishing.delete(work));
    },
    consume(handler, consumeOptions) {
      const bell = new Bell();
      const subscription = subscribe({ db, settings, leaseMs, pollMs, bell }, handler, consumeOptions);
      bells.add(bell);
      subscriptions.add(subscription);
      return subscription;
    },
    depth,
    check: async (signal) => void (await depth(signal)),
    deadLetters: createDeadLetters(db, name, ring),
    close: closeOnce,
    [Symbol.asyncDispose]: () => closeOnce(),
  };
}

const NOT_SENT: PublishOutcome = { kind: 'unknown', reason: 'the queue is closed' };

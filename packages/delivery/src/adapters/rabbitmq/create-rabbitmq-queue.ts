import { checkBatch, checkMessage } from '../../queue/check-message.ts';
import type { OutgoingMessage, PublishOutcome } from '../../queue/message.ts';
import type { MessageQueue, Subscription } from '../../queue/message-queue.ts';
import { completeQueueOptions, type QueueOptions } from '../../queue/queue-options.ts';
import { within } from '../../queue/within.ts';
import { openBrokerConnection } from './broker-connection.ts';
import { createBrokerState } from './broker-state.ts';
import { createDeadLetters, withChannel } from './dead-letters.ts';
import { createPublisher } from './publisher.ts';
import { subscribe } from './subscribe.ts';
import { declareTopology, topologyOf } from './topology.ts';

export interface RabbitmqQueueOptions extends QueueOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://…` */
  readonly url: string;
}

const DEFAULT_DRAIN_MS = 10_000;

/**
 * A queue on RabbitMQ 3.10 or newer. Nothing is connected until it is used, so it may be made before the broker is
 * up; what is missing there is declared. Publishing and consuming have a connection each: a broker that is short of
 * memory stops reading from those who publish, and acknowledgements must not wait behind them.
 */
export function createRabbitmqQueue(options: RabbitmqQueueOptions): MessageQueue {
  const settings = completeQueueOptions(options);
  const { maxMessageBytes, publishTimeoutMs } = settings;
  const topology = topologyOf(settings.name, settings.maxMessages);
  const state = createBrokerState(settings.log);
  const outward = openBrokerConnection(options.url, 'publisher', state);
  const inward = openBrokerConnection(options.url, 'consumer', state);
  const publisher = createPublisher(outward, topology);
  const subscriptions = new Set<Subscription>();
  const publishing = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  async function publish(
    messages: readonly OutgoingMessage[],
    signal?: AbortSignal,
  ): Promise<readonly PublishOutcome[]> {
    const outcomes = messages.map((message) => checkMessage(message, maxMessageBytes));
    const accepted = messages.filter((_, at) => outcomes[at] === undefined);
    const envelopes = accepted.map(({ id, body }) => ({
      exchange: topology.exchange,
      routingKey: topology.queue,
      id,
      body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    }));
    const published = await publisher.publish(envelopes, publishTimeoutMs, signal);
    const rest = published.values();
    return outcomes.map((outcome) => outcome ?? rest.next().value ?? NOT_SENT);
  }

  async function close(drainMs: number): Promise<void> {
    await Promise.all(Array.from(subscriptions, (subscription) => subscription.close(drainMs)));
    await within(Promise.allSettled(publishing), drainMs, 'publishing').catch(() => undefined);
    await publisher.close();
    await Promise.all([outward.close(), inward.close()]);
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
      const broker = { connection: inward, publisher, topology, state, settings };
      const subscription = subscribe(broker, handler, consumeOptions);
      subscriptions.add(subscription);
      return subscription;
    },
    depth: (signal) =>
      withChannel(inward, publishTimeoutMs, signal, (channel) => declareTopology(channel, topology)),
    check: (signal) => withChannel(inward, publishTimeoutMs, signal, async () => undefined),
    deadLetters: createDeadLetters({ connection: inward, publisher, topology }, publishTimeoutMs),
    close: closeOnce,
    [Symbol.asyncDispose]: () => closeOnce(),
  };
}

const NOT_SENT: PublishOutcome = { kind: 'unknown', reason: 'the queue is closed' };

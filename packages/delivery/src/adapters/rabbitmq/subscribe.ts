import { setTimeout as delay } from 'node:timers/promises';

import type { AsyncMessage, Channel } from 'rabbitmq-client';

import { Handling } from '../../queue/handling.ts';
import type { MessageHandler } from '../../queue/message.ts';
import type { ConsumeOptions, Subscription } from '../../queue/message-queue.ts';
import type { QueueSettings } from '../../queue/queue-options.ts';
import type { Settlement } from '../../queue/settle-message.ts';
import { within } from '../../queue/within.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { bodyBytes } from './body-bytes.ts';
import { closeChannel, type BrokerConnection } from './broker-connection.ts';
import type { BrokerState } from './broker-state.ts';
import { deadEnvelope } from './dead-envelope.ts';
import type { Publisher } from './publisher.ts';
import { declareTopology, type Topology } from './topology.ts';

export interface Broker {
  readonly connection: BrokerConnection;
  readonly publisher: Publisher;
  readonly topology: Topology;
  readonly state: BrokerState;
  readonly settings: QueueSettings;
}

const OPEN_MS = 60_000;
const PAUSE_MS = 200;
const DEFAULT_DRAIN_MS = 10_000;

/** Consumes with manual acknowledgements on a channel of its own, and on another one whenever that broke. */
export function subscribe(broker: Broker, handler: MessageHandler, options: ConsumeOptions): Subscription {
  const handling = new Handling(handler, options, broker.settings);
  const stopping = new AbortController();
  let current: { readonly channel: Channel; readonly consumerTag: string } | undefined;
  const running = run();
  let closing: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await consumeUntilBroken();
      } catch (error) {
        if (stopping.signal.aborted) return;
        broker.state.lost('subscription', error);
        await delay(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  async function consumeUntilBroken(): Promise<void> {
    const channel = await broker.connection.openChannel(OPEN_MS, stopping.signal);
    const acknowledgements = new Acknowledgements(channel);
    const { promise: broken, resolve } = Promise.withResolvers<void>();
    channel.once('close', () => {
      handling.abort(new Error('the connection to RabbitMQ broke: the message will be handed out again'));
      current = undefined;
      resolve();
    });
    // The queue was removed: it is declared anew, on another channel.
    channel.once('basic.cancel', () => void closeChannel(channel));
    try {
      await declareTopology(channel, broker.topology);
      await channel.basicQos({ prefetchCount: handling.prefetch });
      const { queue } = broker.topology;
      const { consumerTag } = await channel.basicConsume(
        { queue },
        (message) => void take(acknowledgements, message),
      );
      current = { channel, consumerTag };
      broker.state.reached('subscription');
    } catch (error) {
      await closeChannel(channel);
      throw error;
    }
    if (stopping.signal.aborted) await stop();
    await broken;
  }

  async function take(acknowledgements: Acknowledgements, message: AsyncMessage): Promise<void> {
    acknowledgements.receive(message.deliveryTag);
    const body = bodyBytes(message.body);
    const returns = Number(message.headers?.['x-delivery-count'] ?? 0);
    const received = { id: message.messageId ?? '', body, sizeBytes: body.length, deliveries: returns + 1 };
    await handling.handle(received, (settlement) => conclude(acknowledgements, message, body, settlement));
  }

  async function conclude(
    acknowledgements: Acknowledgements,
    message: AsyncMessage,
    body: Buffer,
    settlement: Settlement,
  ): Promise<void> {
    const { deliveryTag } = message;
    const isMoved = settlement.kind !== 'dead-letter' || (await bury(message, body, settlement.reason));
    if (settlement.kind === 'release' || !isMoved) acknowledgements.giveBack(deliveryTag);
    else await acknowledgements.acknowledge(deliveryTag);
  }

  /** A crash between this and the acknowledgement leaves the message in both places, never in none. */
  async function bury(message: AsyncMessage, body: Buffer, reason: string): Promise<boolean> {
    const envelope = deadEnvelope(broker.topology, message, body, reason);
    const [outcome] = await broker.publisher.publish([envelope], broker.settings.publishTimeoutMs);
    if (outcome?.kind === 'confirmed') return true;
    // The message goes back to the queue; a moment's pause keeps it from going round and round.
    await delay(PAUSE_MS);
    return false;
  }

  async function stop(drainMs = 0): Promise<void> {
    const { channel, consumerTag } = current ?? {};
    if (channel && consumerTag !== undefined) {
      // Messages that were on their way before the broker heard of it are handled or go back with the channel.
      await within(channel.basicCancel({ consumerTag }), PAUSE_MS * 10, 'RabbitMQ').catch(() => undefined);
    }
    await handling.drain(drainMs);
    if (channel) await closeChannel(channel);
  }

  async function close(drainMs = DEFAULT_DRAIN_MS): Promise<void> {
    stopping.abort();
    await stop(drainMs);
    await running;
  }
  const closeOnce = (drainMs?: number): Promise<void> => (closing ??= close(drainMs));
  return { inFlight: () => handling.size, close: closeOnce, [Symbol.asyncDispose]: () => closeOnce() };
}

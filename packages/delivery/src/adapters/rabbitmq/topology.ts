import type { Channel } from 'rabbitmq-client';

import type { QueueDepth } from '../../queue/message-queue.ts';

/**
 * What the broker has of a queue named `N`:
 *
 * ```
 * publish ──► exchange N (direct) ──► queue N ──► consumers
 *                                        │ given up by the broker (see DELIVERY_BACKSTOP)
 * consumers ─────────────────────────────┴──► exchange N.dead (fanout) ──► queue N.dead
 *            poison, with the reason in a header
 * ```
 *
 * Both are durable quorum queues, which on a cluster lose nothing with a minority of its nodes. Arguments of a
 * queue cannot be changed later: these work from RabbitMQ 3.10 to 4. The dead letters have no limit: what is refused
 * there would have to stay in the way of what can be delivered, or be lost.
 */
export interface Topology {
  readonly exchange: string;
  readonly queue: string;
  readonly deadExchange: string;
  readonly deadQueue: string;
  /** More than these are refused. */
  readonly maxMessages: number;
}

/**
 * Consumers make dead letters of what was handed out too often, and can say why. Only where none of them gets as far,
 * the broker does it after so many deliveries. RabbitMQ 4 would else do it after 20, and drop messages.
 */
const DELIVERY_BACKSTOP = 1_000;
/** Looking at dead letters hands them out; nothing may happen to them for it. */
const NO_DELIVERY_LIMIT = 1_000_000_000;

export function topologyOf(name: string, maxMessages: number): Topology {
  const dead = `${name}.dead`;
  return { exchange: name, queue: name, deadExchange: dead, deadQueue: dead, maxMessages };
}

/** Declares what is missing. @returns how many messages wait in the two queues. */
export async function declareTopology(channel: Channel, topology: Topology): Promise<QueueDepth> {
  const { exchange, queue, deadExchange, deadQueue, maxMessages } = topology;
  await channel.exchangeDeclare({ exchange: deadExchange, type: 'fanout', durable: true });
  const dead = await channel.queueDeclare({
    queue: deadQueue,
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': NO_DELIVERY_LIMIT },
  });
  await channel.queueBind({ exchange: deadExchange, queue: deadQueue });
  await channel.exchangeDeclare({ exchange, type: 'direct', durable: true });
  const main = await channel.queueDeclare({
    queue,
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': DELIVERY_BACKSTOP,
      'x-dead-letter-exchange': deadExchange,
      // The broker's own dead letters are safe only together with this way of overflowing.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      'x-max-length': maxMessages,
    },
  });
  await channel.queueBind({ exchange, queue, routingKey: queue });
  return { waiting: main.messageCount, deadLetters: dead.messageCount };
}

import type { Channel, SyncMessage } from 'rabbitmq-client';

import {
  checkLimit,
  type DeadLetter,
  type DeadLetters,
  type DeadLetterSelection,
} from '../../queue/dead-letters.ts';
import { ErrQueueUnavailable } from '../../queue/errors.ts';
import { bodyBytes } from './body-bytes.ts';
import { closeChannel, type BrokerConnection } from './broker-connection.ts';
import { readDeadLetter } from './dead-envelope.ts';
import type { Publisher } from './publisher.ts';
import { declareTopology, type Topology } from './topology.ts';

interface Broker {
  readonly connection: BrokerConnection;
  readonly publisher: Publisher;
  readonly topology: Topology;
}

/** What is to be done with a message that was looked at: it is gone, stays, or stays and is the last. */
type Step = 'remove' | 'keep' | 'stop';

/**
 * Dead letters are looked at by taking them without acknowledging: what is kept goes back, in its order, when
 * the channel is closed, also by a crash.
 */
export function createDeadLetters(broker: Broker, timeoutMs: number): DeadLetters {
  async function walk(
    { ids, limit }: DeadLetterSelection,
    signal: AbortSignal | undefined,
    look: (message: SyncMessage) => Step | Promise<Step>,
  ): Promise<number> {
    checkLimit(limit);
    const { topology } = broker;
    return withChannel(broker.connection, timeoutMs, signal, async (channel) => {
      await declareTopology(channel, topology);
      let removed = 0;
      for (let looked = 0; looked < limit;) {
        signal?.throwIfAborted();
        const message = await channel.basicGet({ queue: topology.deadQueue });
        if (message === undefined) break;
        if (ids !== undefined && !ids.has(message.messageId ?? '')) continue;
        looked++;
        const step = await look(message);
        if (step === 'stop') break;
        if (step === 'keep') continue;
        channel.basicAck({ deliveryTag: message.deliveryTag });
        removed++;
      }
      return removed;
    });
  }

  return {
    async list(selection, signal) {
      const letters: DeadLetter[] = [];
      await walk(selection, signal, (message) => {
        letters.push(readDeadLetter(message));
        return 'keep';
      });
      return letters;
    },
    replay(selection, signal) {
      // What is refused once more comes back while the walk goes on: it would go round and round.
      const replayed = new Set<string | undefined>();
      return walk(selection, signal, async (message) => {
        if (replayed.has(message.messageId)) return 'keep';
        const { exchange, queue } = broker.topology;
        const envelope = {
          exchange,
          routingKey: queue,
          id: message.messageId ?? '',
          body: bodyBytes(message.body),
        };
        const [outcome] = await broker.publisher.publish([envelope], timeoutMs, signal);
        if (outcome?.kind !== 'confirmed') return 'stop';
        replayed.add(message.messageId);
        return 'remove';
      });
    },
    discard: (selection, signal) => walk(selection, signal, () => 'remove'),
  };
}

/** Runs work on a channel of its own. @throws ErrQueueUnavailable, or the signal's reason */
export async function withChannel<T>(
  connection: BrokerConnection,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await connection.openChannel(timeoutMs, signal);
  try {
    return await work(channel);
  } catch (error) {
    if (error instanceof ErrQueueUnavailable || signal?.aborted === true) throw error;
    throw new ErrQueueUnavailable(`RabbitMQ has not answered: ${(error as Error).message}`, { cause: error });
  } finally {
    await closeChannel(channel);
  }
}

import { AMQPError, type Channel } from 'rabbitmq-client';

import type { PublishOutcome } from '../../queue/message.ts';
import { within } from '../../queue/within.ts';
import { closeChannel, type BrokerConnection } from './broker-connection.ts';
import { declareTopology, type Topology } from './topology.ts';

/** A message on its way to an exchange. */
export interface Envelope {
  readonly exchange: string;
  readonly routingKey: string;
  readonly id: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Publisher {
  /** Publishes persistent, mandatory messages, and resolves with one outcome for each, within `timeoutMs`. */
  publish(
    envelopes: readonly Envelope[],
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<readonly PublishOutcome[]>;
  close(): Promise<void>;
}

/** A channel for publishing, and which of its messages came back. */
interface ConfirmChannel {
  readonly channel: Channel;
  readonly returned: Map<string, string>;
}

export function createPublisher(connection: BrokerConnection, topology: Topology): Publisher {
  let current: Promise<ConfirmChannel> | undefined;
  let lastNumber = 0;

  async function open(timeoutMs: number): Promise<ConfirmChannel> {
    const channel = await connection.openChannel(timeoutMs);
    const returned = new Map<string, string>();
    channel.on('basic.return', ({ correlationId, replyText }) =>
      returned.set(correlationId ?? '', replyText),
    );
    await declareTopology(channel, topology);
    await channel.confirmSelect();
    return { channel, returned };
  }

  function useChannel(timeoutMs: number): Promise<ConfirmChannel> {
    if (current === undefined) {
      const opening = open(timeoutMs);
      const forget = (): void => {
        if (current === opening) current = undefined;
      };
      current = opening;
      opening.then(({ channel }) => (channel.active ? channel.once('close', forget) : forget()), forget);
    }
    return current;
  }

  return {
    async publish(envelopes, timeoutMs, signal) {
      const outcomes = envelopes.map((): PublishOutcome => ({
        kind: 'unknown',
        reason: 'RabbitMQ has not confirmed it',
      }));
      let isOver = false;
      const publishing = async (): Promise<void> => {
        const confirmChannel = await useChannel(timeoutMs);
        // Whoever waited has been told that it is unknown, and may be publishing the same anew.
        if (isOver) return;
        await Promise.all(
          envelopes.map(async (envelope, at) => {
            outcomes[at] = await publishOne(confirmChannel, envelope, String(++lastNumber));
          }),
        );
      };
      try {
        await within(publishing(), timeoutMs, 'RabbitMQ', signal);
      } catch (error) {
        isOver = true;
        await nextTurn();
        const reason = error instanceof Error ? error.message : String(error);
        return outcomes.map((outcome) =>
          outcome.kind === 'unknown' ? { kind: 'unknown', reason } : outcome,
        );
      }
      // A channel on a connection that is just breaking fails at once. Who publishes again in a loop would keep the
      // event loop from ever hearing that it broke.
      if (outcomes.some(({ kind }) => kind === 'unknown')) await nextTurn();
      return outcomes;
    },
    async close() {
      const open = await current?.catch(() => undefined);
      if (open) await closeChannel(open.channel);
    },
  };
}

async function publishOne(
  { channel, returned }: ConfirmChannel,
  { exchange, routingKey, id, body, headers }: Envelope,
  number: string,
): Promise<PublishOutcome> {
  const properties = {
    exchange,
    routingKey,
    ...(headers && { headers: { ...headers } }),
    messageId: id,
    correlationId: number,
    mandatory: true,
    durable: true,
    contentType: 'application/json',
    // With it the client library leaves bodies as they are.
    contentEncoding: 'utf-8',
  };
  try {
    await channel.basicPublish(properties, body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof AMQPError && error.code === 'NACK')
      return { kind: 'refused', code: 'not_accepted', reason };
    return { kind: 'unknown', reason };
  }
  // What could not be routed comes back before its confirm, but is told a turn of the event loop later.
  await nextTurn();
  const why = returned.get(number);
  returned.delete(number);
  if (why === undefined) return { kind: 'confirmed' };
  return {
    kind: 'refused',
    code: 'unroutable',
    reason: `no queue takes '${routingKey}' of the exchange '${exchange}': ${why}`,
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import { randomUUID } from 'node:crypto';

import { Connection } from 'rabbitmq-client';

import { startTcpProxy } from '../../../../tests/_support/tcp-proxy.ts';
import { createRabbitmqQueue } from '../../src/adapters/rabbitmq/index.ts';
import type { MessageQueue } from '../../src/index.ts';
import { startConsumer, type QueueHarness } from './queue-harness.ts';

export interface RabbitmqHarness extends QueueHarness {
  readonly name: string;
  /** A connection of the test's own, past the cable. */
  readonly admin: Connection;
}

export async function makeRabbitmqHarness(url: string): Promise<RabbitmqHarness> {
  const name = `test-${randomUUID()}`;
  const { hostname, port } = new URL(url);
  const cable = await startTcpProxy({ host: hostname, port: Number(port) });
  const throughCable = new URL(url);
  throughCable.port = String(cable.port);
  const admin = new Connection(url);
  // Tests kill the broker; the library connects again by itself.
  admin.on('error', () => undefined);
  const lines: string[] = [];
  const queues: MessageQueue[] = [];
  const names = new Set([name]);
  return {
    name,
    admin,
    lines,
    cable,
    open(options = {}) {
      const queue = createRabbitmqQueue({
        name,
        url: throughCable.href,
        log: (line) => lines.push(line),
        ...options,
      });
      queues.push(queue);
      if (options.name !== undefined) names.add(options.name);
      return queue;
    },
    async publishForeign(id, body) {
      // The queue has to be there: somebody of ours has declared it before.
      await queues[0]?.depth();
      const publisher = admin.createPublisher({ confirm: true });
      await publisher.send(
        {
          exchange: name,
          routingKey: name,
          mandatory: true,
          durable: true,
          ...(id !== '' && { messageId: id }),
        },
        body,
      );
      await publisher.close();
    },
    startConsumerProcess: () => startConsumer({ kind: 'rabbitmq', url, name }),
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.close(0)));
      for (const each of names) {
        await Promise.all([each, `${each}.dead`].map((queue) => admin.queueDelete({ queue })));
        await Promise.all([each, `${each}.dead`].map((exchange) => admin.exchangeDelete({ exchange })));
      }
      await admin.close();
      await cable[Symbol.asyncDispose]();
    },
  };
}

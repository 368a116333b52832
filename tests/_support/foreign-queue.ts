import { openPostgres } from '@daywatch/service-kit/postgres';
import { Connection } from 'rabbitmq-client';
import type { Environment } from './worker-process.ts';

/** The queue of a scheduler and a sender, as somebody sees it who knows nothing of our code. */
export interface ForeignQueue extends AsyncDisposable {
  /** Puts anything into the queue, which has to be there. */
  readonly publish: (id: string, body: Buffer) => Promise<void>;
  /** The ids of the dead letters, and why they are there: of RabbitMQ what the header says. They stay. */
  readonly readDeadReasons: () => Promise<ReadonlyMap<string, string>>;
}

/** @param env of the scheduler and the sender */
export async function openForeignQueue(env: Environment): Promise<ForeignQueue> {
  const url = env['DAYWATCH_QUEUE_URL'];
  return url === undefined
    ? openTable(env['DAYWATCH_STORAGE_DSN'] ?? '')
    : openBroker(url, env['DAYWATCH_QUEUE_NAME'] ?? 'daywatch.notifications');
}

function openBroker(url: string, name: string): ForeignQueue {
  const connection = new Connection(url);
  connection.on('error', () => undefined);
  return {
    async publish(id, body) {
      const publisher = connection.createPublisher({ confirm: true });
      await publisher.send(
        { exchange: name, routingKey: name, messageId: id, mandatory: true, durable: true },
        body,
      );
      await publisher.close();
    },
    async readDeadReasons() {
      const reasons = new Map<string, string>();
      const channel = await connection.acquire();
      for (;;) {
        const message = await channel.basicGet({ queue: `${name}.dead` });
        if (!message) break;
        reasons.set(message.messageId ?? '', String(message.headers?.['x-daywatch-reason']));
      }
      // What was not acknowledged goes back with the channel.
      await channel.close();
      return reasons;
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

function openTable(dsn: string): ForeignQueue {
  const db = openPostgres({ dsn, applicationName: 'test', maxConnections: 1 });
  return {
    async publish(id, body) {
      const text = `INSERT INTO delivery.messages (queue, message_id, body)
        VALUES ('daywatch.notifications', $1, decode($2, 'base64'))`;
      await db.query({ name: 'test.foreign', text }, [id, body.toString('base64')]);
    },
    async readDeadReasons() {
      const text = 'SELECT message_id, reason FROM delivery.dead_letters';
      const rows = await db.query<{ readonly message_id: string; readonly reason: string }>(
        { name: 'test.dead', text },
        [],
      );
      return new Map(rows.map(({ message_id, reason }) => [message_id, reason]));
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

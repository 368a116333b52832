import { Connection } from 'rabbitmq-client';
import { waitFor } from '../../../tests/_support/wait-for.ts';

const MESSAGES = 60_000;
const BATCH = 1_000;
const PREFETCH = 1_000;
const QUEUE = 'bench.bare';
/** As long as the message of a reminder. */
const BODY = Buffer.alloc(450, 'x');
const DEADLINE_MS = 300_000;

/**
 * Publishes with confirms and consumes with acknowledgements, through the client library and nothing else, on a queue
 * such as ours: the limit of the broker. @returns messages per second
 */
export async function measureBare(url: string): Promise<number> {
  const connection = new Connection({ url, acquireTimeout: 120_000, retryLow: 100 });
  // A broker that has just begun to listen may break it off once; the library connects again by itself.
  connection.on('error', () => undefined);
  const arguments_ = { 'x-queue-type': 'quorum' } as const;
  await connection.queueDeclare({ queue: QUEUE, durable: true, arguments: arguments_ });
  const publisher = connection.createPublisher({ confirm: true });
  let consumed = 0;
  const consumer = connection.createConsumer(
    {
      queue: QUEUE,
      queueOptions: { durable: true, arguments: arguments_ },
      qos: { prefetchCount: PREFETCH },
    },
    async () => void consumed++,
  );
  await new Promise<void>((resolve) => consumer.once('ready', resolve));
  const startedAt = performance.now();
  const envelope = { routingKey: QUEUE, durable: true, mandatory: true } as const;
  for (let from = 0; from < MESSAGES; from += BATCH) {
    await Promise.all(Array.from({ length: BATCH }, () => publisher.send(envelope, BODY)));
  }
  await waitFor('every message', () => consumed >= MESSAGES, DEADLINE_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  await consumer.close();
  await publisher.close();
  await connection.queueDelete({ queue: QUEUE });
  await connection.close();
  return MESSAGES / seconds;
}

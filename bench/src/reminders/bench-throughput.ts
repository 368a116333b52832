import { createRabbitmqQueue } from '@daywatch/delivery/rabbitmq';
import { countStatuses, readSendingTimes, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { startReadyWorker } from '../../../tests/_support/worker-process.ts';
import type { Figure } from '../report.ts';
import type { ReminderHouse } from './reminder-house.ts';

const REMINDERS = 20_000;
const BARE_MESSAGES = 40_000;
const BATCH = 1_000;
const DEADLINE_MS = 600_000;

/**
 * Reminders that are due at once, from the first that is delivered to the last, through a scheduler and a sender
 * of their own; beside it messages that are published, confirmed and consumed on the same broker, with nothing else.
 */
export async function benchThroughput(house: ReminderHouse): Promise<readonly Figure[]> {
  const bare = await measureBare(house.broker.url);
  await writeDueReminders(house.dsn, { count: REMINDERS });
  const env = {
    DAYWATCH_STORAGE_DSN: house.dsn,
    DAYWATCH_QUEUE_URL: house.broker.url,
    DAYWATCH_SENDER_PREFETCH: '1000',
  };
  await using _sender = await startReadyWorker('calendar-sender', env);
  await using _scheduler = await startReadyWorker('calendar-scheduler', env);
  await waitFor(
    'every reminder',
    async () => (await countStatuses(house.dsn))['sent'] === REMINDERS,
    DEADLINE_MS,
  );
  const sentMs = (await readSendingTimes(house.dsn)).map(({ sentAtMs }) => sentAtMs);
  const seconds = (Math.max(...sentMs) - Math.min(...sentMs)) / 1000;
  const ours = REMINDERS / seconds;
  return [
    {
      name: 'Reminders, due to delivered',
      ours: `${Math.round(ours)} /s`,
      limit: `${Math.round(bare)} /s bare RabbitMQ`,
      value: ours / bare,
      unit: 'of bare',
      wanted: { atLeast: 0.3 },
    },
    {
      name: 'Reminders, due to delivered',
      ours: `${Math.round(ours)} /s`,
      limit: '',
      value: ours,
      unit: '/s',
      wanted: { atLeast: 3_000 },
    },
  ];
}

/** @returns messages per second */
async function measureBare(url: string): Promise<number> {
  await using queue = createRabbitmqQueue({ url, name: 'bench.bare' });
  await queue.depth();
  let consumed = 0;
  const startedAt = performance.now();
  queue.consume(
    async () => {
      consumed++;
      return { kind: 'done' };
    },
    { prefetch: 1_000 },
  );
  const body = Buffer.alloc(400, 'x');
  for (let from = 0; from < BARE_MESSAGES; from += BATCH) {
    const messages = Array.from({ length: BATCH }, (_, at) => ({ id: `m-${from + at}`, body }));
    await queue.publish(messages);
  }
  await waitFor('every message', () => consumed >= BARE_MESSAGES, DEADLINE_MS);
  return BARE_MESSAGES / ((performance.now() - startedAt) / 1000);
}

import { countStatuses, readSendingTimes, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReadyWorker } from '../../../tests/_support/worker-process.ts';
import { waitSlowly } from '../measure/wait-slowly.ts';
import type { Figure } from '../report.ts';
import type { ReminderHouse } from './reminder-house.ts';

const SECONDS = 100;
const DEADLINE_MS = 300_000;

/** From due to delivered where nothing else is to be done: a reminder each second. */
export async function benchIdleLatency(house: ReminderHouse): Promise<readonly Figure[]> {
  const env = { DAYWATCH_STORAGE_DSN: house.dsn, DAYWATCH_QUEUE_URL: house.broker.url };
  await using _sender = await startReadyWorker('calendar-sender', env);
  await using _scheduler = await startReadyWorker('calendar-scheduler', env);
  const sentBefore = (await countStatuses(house.dsn))['sent'] ?? 0;
  const from = Date.now();
  for (let second = 0; second < SECONDS; second++) {
    await writeDueReminders(house.dsn, { count: 1, inMs: 5_000 + second * 1_000 - (Date.now() - from) });
  }
  await waitSlowly(
    'every reminder',
    async () => (await countStatuses(house.dsn))['sent'] === sentBefore + SECONDS,
    DEADLINE_MS,
  );
  const latenciesMs = (await readSendingTimes(house.dsn))
    .filter(({ dueAtMs }) => dueAtMs > from)
    .map(({ dueAtMs, sentAtMs }) => sentAtMs - dueAtMs)
    .toSorted((a, b) => a - b);
  const quantile = (share: number): number =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? Infinity;
  return [
    {
      name: 'Reminders when idle, p99 from due to delivered',
      ours: `median ${quantile(0.5)} ms`,
      limit: '',
      value: quantile(0.99),
      unit: 'ms',
      wanted: { atMost: 100 },
    },
  ];
}

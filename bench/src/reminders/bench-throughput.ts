import { openPostgres, type SqlStatement } from '@daywatch/service-kit/postgres';
import { countStatuses, readSendingTimes, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReadyWorker, type WorkerProcess } from '../../../tests/_support/worker-process.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { median } from '../measure/median.ts';
import { waitSlowly } from '../measure/wait-slowly.ts';
import type { Figure } from '../report.ts';
import { measureBare } from './measure-bare.ts';
import type { ReminderHouse } from './reminder-house.ts';

const REMINDERS = 20_000;
const ROUNDS = 3;
const DEADLINE_MS = 600_000;
const FAR_AHEAD_MS = 24 * 3_600_000;
const AHEAD_MS = 3_000;

/** All that are pending are due at $1. */
const makeDue: SqlStatement = {
  name: 'bench.make_due',
  text: `UPDATE calendar.notifications SET due_at = $1, attend_at = $1 WHERE status = 'pending'`,
};
const vacuum: SqlStatement = {
  name: 'bench.vacuum_reminders',
  text: 'VACUUM (ANALYZE) calendar.notifications',
};

/**
 * Reminders that are due at one moment, from then until the last is delivered, through a scheduler and a sender of
 * their own; before and after each round messages that are published, confirmed and consumed on the same broker, with
 * nothing else.
 */
export async function benchThroughput(
  house: ReminderHouse,
  print: (line: string) => void,
): Promise<readonly Figure[]> {
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  let before = await measureBare(house.broker.url);
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await measureOurs(house, REMINDERS * round, print);
    const after = await measureBare(house.broker.url);
    rounds.push({ ours, bare: (before + after) / 2 });
    print(
      `${Math.round(ours)} reminders/s, between ${Math.round(before)} and ${Math.round(after)} bare messages/s`,
    );
    before = after;
  }
  const ours = median(rounds.map((round) => round.ours));
  const bare = median(rounds.map((round) => round.bare));
  const name = 'Reminders, due to delivered';
  return [
    {
      name,
      ours: `${Math.round(ours)} /s`,
      limit: `${Math.round(bare)} /s bare RabbitMQ`,
      value: median(rounds.map((round) => round.ours / round.bare)),
      unit: 'of bare',
      wanted: { atLeast: 0.3 },
    },
    { name, ours: `${Math.round(ours)} /s`, limit: '', value: ours, unit: '/s', wanted: { atLeast: 3_000 } },
  ];
}

/** @param already how many were sent in earlier rounds. @returns reminders per second */
async function measureOurs(
  { dsn, broker }: ReminderHouse,
  already: number,
  print: (line: string) => void,
): Promise<number> {
  await using db = openPostgres({
    dsn,
    applicationName: 'bench',
    maxConnections: 1,
    statementTimeoutMs: 60_000,
  });
  await writeDueReminders(dsn, { count: REMINDERS, inMs: FAR_AHEAD_MS });
  await db.query(vacuum, []);
  const env = { DAYWATCH_STORAGE_DSN: dsn, DAYWATCH_QUEUE_URL: broker.url };
  await using sender = await startReadyWorker('calendar-sender', env);
  await using scheduler = await startReadyWorker('calendar-scheduler', env);
  const before = [sender, scheduler].map(cpuOf);
  // A whole second, as nearly all are.
  const dueAtMs = Math.ceil((Date.now() + AHEAD_MS) / 1000) * 1000;
  await db.query(makeDue, [new Date(dueAtMs).toISOString()]);
  const isSent = async (): Promise<boolean> => (await countStatuses(dsn))['sent'] === already + REMINDERS;
  await waitSlowly('every reminder', isSent, DEADLINE_MS);
  const micros = [sender, scheduler].map(
    (worker, at) => ((cpuOf(worker) - (before[at] ?? 0)) / REMINDERS) * 1e6,
  );
  print(`CPU for each reminder: sender ${micros[0]?.toFixed(0)} µs, scheduler ${micros[1]?.toFixed(0)} µs`);
  const lastMs = (await readSendingTimes(dsn)).reduce((last, { sentAtMs }) => Math.max(last, sentAtMs), 0);
  return REMINDERS / ((lastMs - dueAtMs) / 1000);
}

function cpuOf({ child }: WorkerProcess): number {
  return cpuSeconds(child.pid ?? 0);
}

import { randomUUID } from 'node:crypto';
import { toInstant } from '@daywatch/calendar';
import { createPostgresReminders } from '@daywatch/calendar/postgres';
import { openPostgres, type Postgres, type SqlStatement } from '@daywatch/service-kit/postgres';
import { writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { median } from '../measure/median.ts';
import { createProgress } from '../progress.ts';
import type { Figure } from '../report.ts';
import type { ReminderHouse } from './reminder-house.ts';

const FUTURE_ROWS = 10_000_000;
const CHUNK = 500_000;
const ROUNDS = 25;
const WARM_UP = 3;
const CLAIM = 200;

/** A thousand to come of each of 10,000 calendars, one a second. */
const addFuture: SqlStatement = {
  name: 'bench.add_future_reminders',
  text: `
    INSERT INTO calendar.notifications (calendar_id, event_id, recurrence_id, notify_before, version, starts_at, due_at, attend_at)
    SELECT md5((n % 10000)::text)::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
           at + interval '1 hour', 'PT1H', 0, at + interval '1 hour', at, at
    FROM (
      SELECT n, date_trunc('day', now()) + interval '2 days' + n * interval '1 second' AS at
      FROM generate_series($1::int, $2::int) n
    ) due`,
};
const vacuum: SqlStatement = {
  name: 'bench.vacuum_reminders',
  text: 'VACUUM (ANALYZE) calendar.notifications',
};

/** Claiming what is due beside ten million reminders that are not, and in turn in a database that has few. */
export async function benchFutureRows(house: ReminderHouse): Promise<readonly Figure[]> {
  await using many = openDatabase(house.dsn);
  const progress = createProgress(`${FUTURE_ROWS.toLocaleString('en')} reminders`, FUTURE_ROWS);
  for (let row = 0; row < FUTURE_ROWS; row += CHUNK) {
    await many.query(addFuture, [row, row + CHUNK - 1]);
    progress.update(row);
  }
  progress.stop();
  const fewDsn = await house.addDatabase('few');
  await using few = openDatabase(fewDsn);
  for (const [dsn, db] of [
    [house.dsn, many],
    [fewDsn, few],
  ] as const) {
    await writeDueReminders(dsn, { count: (WARM_UP + ROUNDS) * CLAIM });
    await db.query(vacuum, []);
  }
  const times = { many: new Array<number>(), few: new Array<number>() };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [manyMs, fewMs] = [await measureClaim(many), await measureClaim(few)];
    if (round < 0) continue;
    times.many.push(manyMs);
    times.few.push(fewMs);
  }
  return [
    {
      name: `Claiming ${CLAIM} reminders beside ${FUTURE_ROWS.toLocaleString('en')} that are not due`,
      ours: `${median(times.many).toFixed(1)} ms`,
      limit: `${median(times.few).toFixed(1)} ms beside few`,
      value: median(times.many) / median(times.few),
      unit: 'times',
      wanted: { atMost: 1.5 },
    },
  ];
}

function openDatabase(dsn: string): Postgres {
  return openPostgres({ dsn, applicationName: 'bench', maxConnections: 1, statementTimeoutMs: 3_600_000 });
}

async function measureClaim(db: Postgres): Promise<number> {
  const { queue } = createPostgresReminders(db);
  const now = toInstant(Date.now());
  const claim = { id: randomUUID(), now, leaseUntil: toInstant(now + 3_600_000) };
  const startedAt = performance.now();
  const { due } = await queue.claimDue(claim, CLAIM);
  const tookMs = performance.now() - startedAt;
  if (due.length !== CLAIM) throw new Error(`claimed ${due.length} of ${CLAIM}`);
  return tookMs;
}

import { randomUUID } from 'node:crypto';
import { toInstant } from '@daywatch/calendar';
import { createPostgresReminders } from '@daywatch/calendar/postgres';
import { openPostgres, type Postgres, type SqlStatement } from '@daywatch/service-kit/postgres';
import { writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import type { ReminderHouse } from './reminder-house.ts';

const FUTURE_ROWS = 10_000_000;
const CHUNK = 500_000;
const ROUNDS = 15;
const CLAIM = 200;

const addFuture: SqlStatement = {
  name: 'bench.add_future_reminders',
  text: `
    INSERT INTO calendar.notifications (calendar_id, event_id, recurrence_id, notify_before, version, starts_at, due_at, attend_at)
    SELECT gen_random_uuid(), gen_random_uuid(), at + interval '1 hour', 'PT1H', 0, at + interval '1 hour', at, at
    FROM (SELECT now() + interval '1 day' + n * interval '1 second' AS at FROM generate_series(1, $1::int) n) due`,
};
const vacuum: SqlStatement = {
  name: 'bench.vacuum_reminders',
  text: 'VACUUM (ANALYZE) calendar.notifications',
};

/** Claiming what is due beside ten million reminders that are not, and beside few. */
export async function benchFutureRows(house: ReminderHouse): Promise<Figure> {
  await using db = openPostgres({
    dsn: house.dsn,
    applicationName: 'bench',
    maxConnections: 1,
    statementTimeoutMs: 3_600_000,
  });
  await writeDueReminders(house.dsn, { count: 2 * ROUNDS * CLAIM });
  await db.query(vacuum, []);
  const fewMs = await measureClaims(db);
  for (let rows = 0; rows < FUTURE_ROWS; rows += CHUNK) await db.query(addFuture, [CHUNK]);
  await db.query(vacuum, []);
  const manyMs = await measureClaims(db);
  return {
    name: `Claiming ${CLAIM} reminders beside ${FUTURE_ROWS.toLocaleString('en')} that are not due`,
    ours: `${manyMs.toFixed(1)} ms`,
    limit: `${fewMs.toFixed(1)} ms beside few`,
    value: manyMs / fewMs,
    unit: 'times',
    wanted: { atMost: 1.5 },
  };
}

async function measureClaims(db: Postgres): Promise<number> {
  const { queue } = createPostgresReminders(db);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const now = toInstant(Date.now());
    const startedAt = performance.now();
    const claim = { id: randomUUID(), now, leaseUntil: toInstant(now + 3_600_000) };
    const { due } = await queue.claimDue(claim, CLAIM);
    times.push(performance.now() - startedAt);
    if (due.length !== CLAIM) throw new Error(`claimed ${due.length} of ${CLAIM}`);
  }
  return median(times);
}

import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReceiver } from '../../../tests/_support/receiver.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { startReadyWorker, type Environment } from '../../../tests/_support/worker-process.ts';
import { environmentOf, QUEUES, WEBHOOKS } from './_support/queues.ts';

describe.each(QUEUES)('SIGTERM over %s', { timeout: 300_000 }, (queue) => {
  let database: TestDatabase;
  let env: Environment;
  beforeEach(async () => {
    database = await createTestDatabase();
    env = { ...(await environmentOf(queue, database)), ...WEBHOOKS };
  });
  afterEach(() => database.drop());

  it('should let a sender end what it has begun, and leave the rest to the next one', async () => {
    await using receiver = await startReceiver(500);
    await writeDueReminders(database.dsn, { count: 30, webhookUrl: receiver.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    const small = { ...env, DAYWATCH_SENDER_PREFETCH: '12' };
    await using sender = await startReadyWorker('calendar-sender', small);
    await waitFor('some requests', async () => (await receiver.distinct()) >= 5);

    const { code, stderr } = await sender.stop();
    const atTheEnd = await countStatuses(database.dsn);
    const requests = await receiver.distinct();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // What has reached the receiver is recorded, and nothing is in the hands of a process that is no more.
    expect(atTheEnd['sending'] ?? 0).toBe(0);
    expect(atTheEnd['sent']).toBe(requests);
    expect(requests).toBeLessThan(30);
    await using _next = await startReadyWorker('calendar-sender', small);
    await waitFor('every reminder', async () => (await countStatuses(database.dsn))['sent'] === 30);
    expect([...(await receiver.counts()).values()].every((times) => times === 1)).toBe(true);
  });

  it('should let a scheduler record what it has published, and hold nothing back', async () => {
    const count = 3_000;
    await writeDueReminders(database.dsn, { count });
    await using scheduler = await startReadyWorker('calendar-scheduler', env);
    await waitFor(
      'some of them',
      async () => (await scheduler.metric('calendar_reminders_confirmed_total')) > 0,
    );

    const { code, stderr } = await scheduler.stop();
    const claimed = await countClaimed(database.dsn);
    await using _next = await startReadyWorker('calendar-scheduler', env);
    await waitFor('all of them', async () => (await countStatuses(database.dsn))['published'] === count);
    await using sender = await startReadyWorker('calendar-sender', {
      ...env,
      DAYWATCH_SENDER_CHANNEL: 'stdout',
    });
    await waitFor('every reminder', async () => (await countStatuses(database.dsn))['sent'] === count);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(claimed).toBe(0);
    // None was published twice.
    expect(await sender.metric('calendar_reminders_skipped_total')).toBe(0);
  });
});

async function countClaimed(dsn: string): Promise<number> {
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly count: number }>(
      'SELECT count(*)::integer AS count FROM calendar.notifications WHERE claimed_by IS NOT NULL',
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

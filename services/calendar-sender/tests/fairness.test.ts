import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReceiver } from '../../../tests/_support/receiver.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { startReadyWorker, type Environment } from '../../../tests/_support/worker-process.ts';
import { environmentOf, QUEUES, WEBHOOKS } from './_support/queues.ts';

/** Longer than any test waits: what waits for a receiver that hangs, or between two attempts, is not waited for. */
const FOR_EVER_MS = 600_000;

/** One user's receiver is that user's trouble. */
describe.each(QUEUES)('receivers beside each other over %s', { timeout: 300_000 }, (queue) => {
  let database: TestDatabase;
  let env: Environment;
  beforeEach(async () => {
    database = await createTestDatabase();
    env = { ...(await environmentOf(queue, database)), ...WEBHOOKS, DAYWATCH_SENDER_PREFETCH: '8' };
  });
  afterEach(() => database.drop());

  it('should be reached while another one refuses, and all its attempts wait', async () => {
    await using broken = await startReceiver();
    await using healthy = await startReceiver();
    await broken.answer(503);
    await writeDueReminders(database.dsn, { user: 'bob', count: 40, webhookUrl: broken.url });
    const patient = { DAYWATCH_SENDER_FIRST_PAUSE: '10m', DAYWATCH_SENDER_LONGEST_PAUSE: '10m' };
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    await using sender = await startReadyWorker('calendar-sender', { ...env, ...patient });
    await waitFor('each attempt', async () => (await broken.distinct()) === 40);

    await writeDueReminders(database.dsn, { count: 20, webhookUrl: healthy.url });

    await waitFor('the others', async () => (await countStatuses(database.dsn))['sent'] === 20);
    await waitFor('an empty hand', async () => (await sender.metric('calendar_reminders_in_flight')) === 0);
    expect(await countStatuses(database.dsn)).toEqual({ pending: 40, sent: 20 });
    expect(await healthy.distinct()).toBe(20);
  });

  it('should be reached while another one never answers, and has more to get than a sender can hold', async () => {
    await using hanging = await startReceiver(FOR_EVER_MS);
    await using healthy = await startReceiver();
    await writeDueReminders(database.dsn, { user: 'bob', count: 100, webhookUrl: hanging.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    // No attempt at the one that hangs is over before the test is.
    const slow = { DAYWATCH_SENDER_TIMEOUT: '1m' };
    await using sender = await startReadyWorker('calendar-sender', { ...env, ...slow });
    await waitFor('its share', async () => (await hanging.distinct()) === 2);

    await writeDueReminders(database.dsn, { count: 20, webhookUrl: healthy.url });

    await waitFor('the others', async () => (await countStatuses(database.dsn))['sent'] === 20, 40_000);
    expect(await sender.metric('calendar_reminders_retried_total')).toBe(0);
    expect(await hanging.distinct()).toBe(2);
    expect((await countStatuses(database.dsn))['sending']).toBe(2);
  });
});

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReceiver } from '../../../tests/_support/receiver.ts';
import { askForShared } from '../../../tests/_support/shared-things.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { runWorker, startReadyWorker, type Environment } from '../../../tests/_support/worker-process.ts';

const QUEUES = hasDebianPackage('rabbitmq-server')
  ? (['postgres', 'rabbitmq'] as const)
  : (['postgres'] as const);

/** Up to six processes start in each test, seconds each on a busy machine. */
const TIMEOUT_MS = 300_000;

/** Reminders whose processes run for real, over each queue. */
describe.each(QUEUES)('reminders over %s', { timeout: TIMEOUT_MS }, (queue) => {
  let database: TestDatabase;
  let env: Environment;
  beforeEach(async () => {
    database = await createTestDatabase();
    env = {
      DAYWATCH_STORAGE_DSN: database.dsn,
      ...(queue === 'rabbitmq' && {
        DAYWATCH_QUEUE_URL: await askForShared('rabbitmq'),
        DAYWATCH_QUEUE_NAME: `test-${new URL(database.dsn).pathname.slice(1)}`,
      }),
    };
  });
  afterEach(() => database.drop());

  const webhooks = {
    DAYWATCH_SENDER_CHANNEL: 'webhook',
    DAYWATCH_SENDER_ALLOW_NETWORKS: '127.0.0.0/8',
    DAYWATCH_SENDER_FIRST_PAUSE: '50ms',
    DAYWATCH_SENDER_ATTEMPTS: '2',
  };

  it('should arrive on standard output, once', async () => {
    await using scheduler = await startReadyWorker('calendar-scheduler', env);
    await using sender = await startReadyWorker('calendar-sender', env);

    await writeDueReminders(database.dsn, { count: 1, inMs: 1_500 });
    await waitFor('the record', async () => (await countStatuses(database.dsn))['sent'] === 1);
    await waitFor(
      'the counts',
      async () =>
        (await scheduler.metric('calendar_reminders_confirmed_total')) === 1 &&
        (await sender.metric('calendar_reminders_sent_total')) === 1 &&
        (await scheduler.metric('calendar_reminders_lag_seconds')) === 0,
    );
    const ends = [await scheduler.stop(), await sender.stop()];

    const lines = sender
      .stdout()
      .split('\n')
      .filter((line) => line.includes('"kind":"reminder"'));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ version: 1, kind: 'reminder', user: 'alice', title: 'Event 0', attempt: 1 }),
    ]);
    expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  });

  it('should arrive at the webhook of the user, signed, once', async () => {
    await using receiver = await startReceiver();
    const secret = await writeDueReminders(database.dsn, { count: 1, webhookUrl: receiver.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    await using _sender = await startReadyWorker('calendar-sender', { ...env, ...webhooks });

    await waitFor('the record', async () => (await countStatuses(database.dsn))['sent'] === 1);

    const [request, ...more] = await receiver.requests();
    const { headers, body } = request ?? { headers: {}, body: '{}' };
    const { id } = JSON.parse(body) as { id: string };
    const signed = `${id}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(more).toEqual([]);
    expect(headers).toMatchObject({
      'idempotency-key': id,
      'daywatch-attempt': '1',
      'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    });
  });

  it('should be claimed and sent once by two schedulers and three senders, all of which work', async () => {
    await using receiver = await startReceiver();
    const count = 600;
    // One at a time and a small prefetch keep the fastest from taking everything.
    const slow = { ...env, ...webhooks, DAYWATCH_SENDER_PREFETCH: '5' };
    const senders = await Promise.all([1, 2, 3].map(() => startReadyWorker('calendar-sender', slow)));
    const schedulers = await Promise.all([1, 2].map(() => startReadyWorker('calendar-scheduler', env)));
    await using stack = new AsyncDisposableStack();
    for (const worker of [...senders, ...schedulers]) stack.use(worker);

    await writeDueReminders(database.dsn, { count, webhookUrl: receiver.url });
    await waitFor('every record', async () => (await countStatuses(database.dsn))['sent'] === count);

    const metrics = (name: string, workers: typeof senders) =>
      Promise.all(workers.map(({ metric }) => metric(name)));
    const claimed = await metrics('calendar_reminders_claimed_total', schedulers);
    const sent = await metrics('calendar_reminders_sent_total', senders);
    const skipped = await metrics('calendar_reminders_skipped_total', senders);
    const counts = await receiver.counts();
    console.log(`claimed ${claimed.join(' + ')}, sent ${sent.join(' + ')}`);
    expect(counts.size).toBe(count);
    expect([...counts.values()].every((times) => times === 1)).toBe(true);
    expect(claimed.reduce((sum, one) => sum + one)).toBe(count);
    expect(sent.reduce((sum, one) => sum + one)).toBe(count);
    expect(skipped).toEqual([0, 0, 0]);
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('should be dead letters when they cannot be delivered, which a command shows and replays', async () => {
    await using receiver = await startReceiver();
    await receiver.answer(503);
    await writeDueReminders(database.dsn, { count: 1, webhookUrl: receiver.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    await using sender = await startReadyWorker('calendar-sender', { ...env, ...webhooks });
    await waitFor('the failure', async () => (await countStatuses(database.dsn))['failed'] === 1);
    await waitFor(
      'the dead letter',
      async () => (await sender.metric('calendar_reminders_dead_lettered_total')) === 1,
    );

    const people = await runWorker('calendar-sender', ['dead-letters', 'list'], env);
    const listed = await runWorker('calendar-sender', ['dead-letters', 'list', '--json'], env);
    await receiver.answer(200);
    const replayed = await runWorker('calendar-sender', ['dead-letters', 'replay'], env);
    await waitFor('the record', async () => (await countStatuses(database.dsn))['sent'] === 1);
    const rest = await runWorker('calendar-sender', ['dead-letters', 'list'], env);

    const [letter] = (JSON.parse(listed.stdout) as { dead_letters: { id: string }[] }).dead_letters;
    const [[id, times]] = [...(await receiver.counts())] as [[string, number]];
    expect(letter).toMatchObject({ id, reason: 'the receiver answered 503 (attempt 2 of 2)' });
    expect(people.stdout).toContain(`${id}  the receiver answered 503`);
    expect(replayed).toEqual({ code: 0, stdout: 'Replayed 1.\n', stderr: '' });
    expect(times).toBe(3);
    expect(rest.stderr).toBe('There are no dead letters.\n');
  });
});

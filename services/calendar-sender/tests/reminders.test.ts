import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReceiver } from '../../../tests/_support/receiver.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { runWorker, startReadyWorker, type Environment } from '../../../tests/_support/worker-process.ts';
import { environmentOf, QUEUES, WEBHOOKS } from './_support/queues.ts';

/** Up to six processes start in each test, seconds each on a busy machine. */
const TIMEOUT_MS = 300_000;
const WAVE = 100;
const MOST = 20 * WAVE;

/** Reminders whose processes run for real, over each queue. */
describe.each(QUEUES)('reminders over %s', { timeout: TIMEOUT_MS }, (queue) => {
  let database: TestDatabase;
  let env: Environment;
  beforeEach(async () => {
    database = await createTestDatabase();
    env = await environmentOf(queue, database);
  });
  afterEach(() => database.drop());

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
        (await sender.metric('calendar_reminders_delay_seconds_count')) === 1 &&
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
    await using _sender = await startReadyWorker('calendar-sender', { ...env, ...WEBHOOKS });

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

  it('should not be posted to an address that is fenced, and say so', async () => {
    await using receiver = await startReceiver();
    await writeDueReminders(database.dsn, { count: 1, webhookUrl: receiver.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    const fenced = { ...env, ...WEBHOOKS, DAYWATCH_SENDER_ALLOW_NETWORKS: '' };
    await using _sender = await startReadyWorker('calendar-sender', fenced);

    await waitFor('the failure', async () => (await countStatuses(database.dsn))['failed'] === 1);

    const listed = await runWorker('calendar-sender', ['dead-letters', 'list'], env);
    expect(listed.stdout).toContain('127.0.0.1');
    expect(await receiver.distinct()).toBe(0);
  });

  it('should be claimed and sent once by two schedulers and three senders, all of which work', async () => {
    await using receiver = await startReceiver();
    // A small prefetch keeps the fastest sender from taking everything.
    const slow = { ...env, ...WEBHOOKS, DAYWATCH_SENDER_PREFETCH: '5' };
    const senders = await Promise.all([1, 2, 3].map(() => startReadyWorker('calendar-sender', slow)));
    const schedulers = await Promise.all([1, 2].map(() => startReadyWorker('calendar-scheduler', env)));
    await using stack = new AsyncDisposableStack();
    for (const worker of [...senders, ...schedulers]) stack.use(worker);

    const metrics = (name: string, workers: typeof senders) =>
      Promise.all(workers.map(({ metric }) => metric(name)));
    // Whichever scheduler wakes first takes a whole wave; there are waves until the other was first once.
    let count = 0;
    let shares: readonly number[] = [];
    do {
      count += WAVE;
      await writeDueReminders(database.dsn, { count: WAVE, webhookUrl: receiver.url });
      await waitFor('every record', async () => (await countStatuses(database.dsn))['sent'] === count);
      shares = await metrics('calendar_reminders_claimed_total', schedulers);
    } while (Math.min(...shares) === 0 && count < MOST);

    const claimed = await metrics('calendar_reminders_claimed_total', schedulers);
    const sent = await metrics('calendar_reminders_sent_total', senders);
    const skipped = await metrics('calendar_reminders_skipped_total', senders);
    // On a machine that stands still for a second, some are put off, and claimed once more for it.
    const putOff = await metrics('calendar_reminders_put_off_total', senders);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
    const counts = await receiver.counts();
    console.log(`claimed ${claimed.join(' + ')}, sent ${sent.join(' + ')}`);
    expect(counts.size).toBe(count);
    expect([...counts.values()].every((times) => times === 1)).toBe(true);
    expect(sum(claimed)).toBe(count + sum(putOff));
    expect(sum(sent)).toBe(count);
    expect(skipped).toEqual([0, 0, 0]);
    expect(Math.min(...claimed)).toBeGreaterThan(0);
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('should be dead letters when they cannot be delivered, which a command shows and replays', async () => {
    await using receiver = await startReceiver();
    await receiver.answer(503);
    await writeDueReminders(database.dsn, { count: 1, webhookUrl: receiver.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    await using sender = await startReadyWorker('calendar-sender', { ...env, ...WEBHOOKS });
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

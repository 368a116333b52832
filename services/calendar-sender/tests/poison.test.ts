import { randomUUID } from 'node:crypto';
import { reminderIdOf, toReminderMessage, toInstant, parseTimeZone } from '@daywatch/calendar';
import type { CalendarId, EventId, ReminderKey, UserId } from '@daywatch/calendar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { openForeignQueue, type ForeignQueue } from '../../../tests/_support/foreign-queue.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { runWorker, startReadyWorker, type Environment } from '../../../tests/_support/worker-process.ts';
import { environmentOf, QUEUES } from './_support/queues.ts';

const HUGE_BYTES = 10_000_000;

/** A reminder that no database has. */
const UNKNOWN: ReminderKey = {
  calendarId: randomUUID() as CalendarId,
  eventId: randomUUID() as EventId,
  recurrenceId: toInstant(Date.parse('2031-06-02T10:00:00Z')),
  before: 'PT15M',
  version: 0,
};
const UNKNOWN_MESSAGE = toReminderMessage(UNKNOWN, {
  user: 'nobody' as UserId,
  title: 'Nothing',
  start: UNKNOWN.recurrenceId,
  isAllDay: false,
  timeZone: parseTimeZone('UTC'),
  dueAt: UNKNOWN.recurrenceId,
});

const POISON: Readonly<Record<string, { readonly body: Buffer; readonly reason: string }>> = {
  'not-json': { body: Buffer.from('{"version":1,'), reason: 'it is not JSON in UTF-8' },
  'not-utf-8': { body: Buffer.from([0x22, 0xff, 0x22]), reason: 'it is not JSON in UTF-8' },
  'wrong-version': {
    body: Buffer.from('{"version":2,"kind":"reminder"}'),
    reason: 'its version is 2; allowed is 1',
  },
  'unknown-id': {
    body: Buffer.from(JSON.stringify(UNKNOWN_MESSAGE)),
    reason: `there is no reminder '${reminderIdOf(UNKNOWN)}'`,
  },
  'ten-megabytes': {
    body: Buffer.alloc(HUGE_BYTES, 'x'),
    reason: `the body has ${HUGE_BYTES} bytes; allowed are 262144`,
  },
};
const COUNT = Object.keys(POISON).length;

describe.each(QUEUES)('poison in the queue over %s', { timeout: 300_000 }, (queue) => {
  let database: TestDatabase;
  let env: Environment;
  let foreign: ForeignQueue;
  beforeEach(async () => {
    database = await createTestDatabase();
    env = await environmentOf(queue, database);
    foreign = await openForeignQueue(env);
  });
  afterEach(async () => {
    await foreign[Symbol.asyncDispose]();
    await database.drop();
  });

  it('should be set aside with its reason, in the way of nobody, be shown, and come again when it is replayed', async () => {
    // So that the queue is there, and what comes behind the poison comes behind it.
    await using scheduler = await startReadyWorker('calendar-scheduler', env);
    for (const [id, { body }] of Object.entries(POISON)) await foreign.publish(id, body);
    await writeDueReminders(database.dsn, { count: 3 });
    await waitFor(
      'them published',
      async () => (await scheduler.metric('calendar_reminders_confirmed_total')) === 3,
    );
    await using sender = await startReadyWorker('calendar-sender', { ...env, DAYWATCH_SENDER_PREFETCH: '1' });
    const setAside = () => sender.metric('calendar_reminders_dead_lettered_total');
    await waitFor('the reminders behind it', async () => (await countStatuses(database.dsn))['sent'] === 3);
    await waitFor('all of it set aside', async () => (await setAside()) === COUNT);

    const reasons = await foreign.readDeadReasons();
    const shown = await runWorker('calendar-sender', ['dead-letters', 'list'], env);
    const replayed = await runWorker(
      'calendar-sender',
      ['dead-letters', 'replay', 'not-json', 'unknown-id'],
      env,
    );
    expect(replayed).toEqual({ code: 0, stdout: 'Replayed 2.\n', stderr: '' });
    await waitFor('two of it again', async () => (await setAside()) === COUNT + 2);
    // The broker counts a moment later.
    await waitFor('its count', async () => (await sender.metric('calendar_queue_messages')) === COUNT);
    const left = await runWorker('calendar-sender', ['dead-letters', 'list', '--json'], env);

    expect(reasons).toEqual(new Map(Object.entries(POISON).map(([id, { reason }]) => [id, reason])));
    for (const [id, { reason }] of Object.entries(POISON)) expect(shown.stdout).toContain(`${id}  ${reason}`);
    const { dead_letters } = JSON.parse(left.stdout) as {
      dead_letters: { id: string; size_bytes: number }[];
    };
    expect(dead_letters.map(({ id }) => id).toSorted()).toEqual(Object.keys(POISON).toSorted());
    expect(dead_letters.find(({ id }) => id === 'ten-megabytes')?.size_bytes).toBe(HUGE_BYTES);
  });
});

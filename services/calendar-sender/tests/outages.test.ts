import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { countStatuses, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { startReceiver, type Receiver } from '../../../tests/_support/receiver.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import {
  startReadyWorker,
  startWorkerProcess,
  type Environment,
  type WorkerProcess,
} from '../../../tests/_support/worker-process.ts';
import { openCables, type Cables } from './_support/cables.ts';
import { environmentOf, QUEUES, WEBHOOKS } from './_support/queues.ts';

const AWAY = expect.stringMatching(/is away|not available/);
const BACK = expect.stringMatching(/is back|available again/);
/** More would be what is kept of attempts that failed. */
const FLAT_BYTES = 30_000_000;

describe.each(QUEUES)('scheduler and sender over %s', { timeout: 300_000 }, (queue) => {
  let database: TestDatabase;
  let receiver: Receiver;
  let cables: Cables;
  let env: Environment;
  beforeEach(async () => {
    database = await createTestDatabase();
    receiver = await startReceiver();
    cables = await openCables(await environmentOf(queue, database));
    env = { ...cables.env, ...WEBHOOKS };
  });
  afterEach(async () => {
    await receiver[Symbol.asyncDispose]();
    await cables[Symbol.asyncDispose]();
    await database.drop();
  });

  const sent = async () => (await countStatuses(database.dsn))['sent'] ?? 0;
  const requests = async () => [...(await receiver.counts()).values()].reduce((sum, one) => sum + one, 0);

  it('should wait for a database and a broker that come late, and begin by themselves', async () => {
    await writeDueReminders(database.dsn, { count: 5, webhookUrl: receiver.url });
    cables.database.cut();
    cables.broker?.cut();
    await using scheduler = await startWorkerProcess('calendar-scheduler', env);
    await using sender = await startWorkerProcess('calendar-sender', env);
    await waitFor('some attempts', () => cables.database.attempts() > 10);
    const early = await Promise.all([scheduler, sender].map(readHealth));

    cables.database.restore();
    await waitFor('the database to be found', () =>
      [scheduler, sender].every((worker) => linesAbout('database', worker).length === 2),
    );
    cables.broker?.restore();
    await waitFor('every reminder', async () => (await sent()) === 5);

    expect(early).toEqual([
      { live: true, ready: false },
      { live: true, ready: false },
    ]);
    for (const worker of [scheduler, sender]) {
      await waitFor('it to be ready', worker.isReady);
      expect(linesAbout('database', worker)).toEqual([AWAY, BACK]);
      if (cables.broker) expect(linesAbout('RabbitMQ', worker)).toEqual([AWAY, BACK]);
    }
    expect(await requests()).toBe(5);
  });

  it('should send nothing twice where the database went away before the outcome was recorded', async () => {
    await using slow = await startReceiver(1_000);
    await writeDueReminders(database.dsn, { count: 1, webhookUrl: slow.url });
    await using _scheduler = await startReadyWorker('calendar-scheduler', env);
    await using sender = await startReadyWorker('calendar-sender', env);
    await waitFor('the request', async () => (await slow.distinct()) === 1);
    const attempts = cables.database.attempts();
    cables.database.cut();
    await waitFor('attempts to record it', () => cables.database.attempts() > attempts + 10);
    cables.database.restore();

    await waitFor('the record', async () => (await sent()) === 1);
    await waitFor('an empty hand', async () => (await sender.metric('calendar_reminders_in_flight')) === 0);
    expect([...(await slow.counts()).values()]).toEqual([1]);
    expect(linesAbout('database', sender)).toEqual([AWAY, BACK]);
  });

  // The other queue has no broker that could be away.
  it.each(queue === 'rabbitmq' ? [queue] : [])(
    'should lose nothing, and keep their memory and their log small, while %s is away',
    async () => {
      await using scheduler = await startReadyWorker('calendar-scheduler', env);
      await using sender = await startReadyWorker('calendar-sender', env);
      await writeDueReminders(database.dsn, { count: 20, webhookUrl: receiver.url });
      await waitFor('the first ones', async () => (await sent()) === 20);
      const { broker } = cables;
      if (!broker) throw new Error('there is no broker');
      const failAgain = async (times: number): Promise<number> => {
        const until = broker.attempts() + times;
        await waitFor(`${times} attempts`, () => broker.attempts() >= until);
        const memory = await Promise.all([scheduler, sender].map(readMemory));
        return memory.reduce((sum, bytes) => sum + bytes, 0);
      };

      broker.cut();
      await writeDueReminders(database.dsn, { count: 300, webhookUrl: receiver.url });
      const earlyBytes = await failAgain(10);
      const lateBytes = await failAgain(30);
      const during = await countStatuses(database.dsn);
      broker.restore();
      await waitFor('every reminder', async () => (await sent()) === 320, 120_000);

      console.log(`memory while the broker was away: ${earlyBytes} and then ${lateBytes} bytes`);
      expect(during).toEqual({ pending: 300, sent: 20 });
      expect(lateBytes - earlyBytes).toBeLessThan(FLAT_BYTES);
      expect(await requests()).toBe(320);
      for (const worker of [scheduler, sender]) expect(readTroubles(worker)).toEqual([AWAY, BACK]);
    },
  );
});

async function readHealth({ origin }: WorkerProcess) {
  const [live, ready] = await Promise.all(
    ['live', 'ready'].map(async (part) => (await fetch(`${origin}/health/${part}`)).ok),
  );
  return { live, ready };
}

async function readMemory(worker: WorkerProcess): Promise<number> {
  return worker.metric('process_resident_memory_bytes');
}

/** What the log has about something that goes away and comes back. */
function linesAbout(what: string, worker: WorkerProcess): readonly string[] {
  return readTroubles(worker).filter((line) => line.includes(what));
}

/** All that the log has besides its start. */
function readTroubles(worker: WorkerProcess): readonly string[] {
  return worker
    .stdout()
    .split('\n')
    .filter((line) => line.includes('"msg"'))
    .map((line) => (JSON.parse(line) as { msg: string }).msg)
    .filter((message) => /away|back|available|trouble|fail|error/i.test(message));
}

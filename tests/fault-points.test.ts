import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './_support/databases.ts';
import { hasDebianPackage } from './_support/debian-packages.ts';
import { countStatuses, readIdsInSending, writeDueReminders } from './_support/due-reminders.ts';
import {
  FAULT_POINTS,
  startFaultWorker,
  type FaultPoint,
  type FaultWorkerOptions,
} from './_support/fault-points.ts';
import { startReceiver, type Receiver } from './_support/receiver.ts';
import { askForShared } from './_support/shared-things.ts';
import { waitFor } from './_support/wait-for.ts';

const DUE = 4;
/** What was sent, and is not recorded, is sent once more: here alone. */
const IN_DOUBT: FaultPoint = 'between sending and record of the outcome';

const QUEUES = hasDebianPackage('rabbitmq-server') ? ['postgres', 'rabbitmq'] : ['postgres'];

/** The receiver is a process that nothing is done to: it has seen what has really been sent. */
describe.each(QUEUES)('a fault between every two steps over %s', { timeout: 300_000 }, (queue) => {
  let database: TestDatabase;
  let receiver: Receiver;
  let options: Pick<FaultWorkerOptions, 'dsn' | 'broker'>;
  beforeEach(async () => {
    database = await createTestDatabase();
    receiver = await startReceiver();
    const broker = {
      url: queue === 'rabbitmq' ? await askForShared('rabbitmq') : '',
      name: `test-${randomUUID()}`,
    };
    options = { dsn: database.dsn, ...(queue === 'rabbitmq' && { broker }) };
  });
  afterEach(async () => {
    await receiver[Symbol.asyncDispose]();
    await database.drop();
  });

  const writeSome = () => writeDueReminders(database.dsn, { count: DUE, webhookUrl: receiver.url });
  const everyRecord = (count: number) =>
    waitFor('every record', async () => (await countStatuses(database.dsn))['sent'] === count, 120_000);
  const readCounts = async () => {
    const counts = await receiver.counts();
    const raw = [...counts.values()].reduce((sum, times) => sum + times, 0);
    return { raw, distinct: counts.size, counts };
  };

  it('should lose nothing where it is a kill -9, and repeat what was in flight then', async () => {
    /** At how many kills each was. */
    const inFlight = new Map<string, number>();
    let inDoubt: readonly string[] = [];
    for (const at of FAULT_POINTS) {
      await writeSome();
      await using killed = startFaultWorker({ ...options, faults: [at], kind: 'kill' });
      expect(await killed.ended).toBe('SIGKILL');
      const inSending = await readIdsInSending(database.dsn);
      if (at === IN_DOUBT)
        inDoubt = await receiver.counts().then((seen) => inSending.filter((id) => seen.has(id)));
      for (const id of inSending) inFlight.set(id, (inFlight.get(id) ?? 0) + 1);
    }
    await using _next = startFaultWorker({ ...options, faults: [], kind: 'kill' });
    const count = FAULT_POINTS.length * DUE;
    await everyRecord(count);

    const { raw, distinct, counts } = await readCounts();
    console.log(`${queue}: ${count} due, ${raw} requests, ${distinct} distinct`);
    expect(distinct).toBe(count);
    for (const [id, times] of counts) expect(times).toBeLessThanOrEqual(1 + (inFlight.get(id) ?? 0));
    expect(inDoubt).not.toEqual([]);
    for (const id of inDoubt) expect(counts.get(id)).toBeGreaterThanOrEqual(2);
  });

  it('should lose and repeat nothing where it is an error', async () => {
    await writeSome();
    await using worker = startFaultWorker({ ...options, faults: FAULT_POINTS, kind: 'throw' });
    await waitFor('every fault', () => worker.faults().length === FAULT_POINTS.length);
    await everyRecord(DUE);

    expect(worker.faults().toSorted()).toEqual(FAULT_POINTS.toSorted());
    expect(await readCounts()).toMatchObject({ raw: DUE, distinct: DUE });
  });

  it('should repeat what was on its way to the receiver at a kill -9, and that alone', async () => {
    await using slow = await startReceiver(500);
    await writeDueReminders(database.dsn, { count: DUE, webhookUrl: slow.url });
    await using killed = startFaultWorker({ ...options, faults: [], kind: 'kill' });
    await waitFor('the second request', async () => (await slow.distinct()) === 2);
    killed.kill();
    await killed.ended;
    const inFlight = await readIdsInSending(database.dsn);

    await using _next = startFaultWorker({ ...options, faults: [], kind: 'kill' });
    await everyRecord(DUE);

    const counts = await slow.counts();
    expect(counts.size).toBe(DUE);
    expect(inFlight).toHaveLength(1);
    expect([...counts].filter(([, times]) => times > 1)).toEqual([[inFlight[0], 2]]);
  });
});

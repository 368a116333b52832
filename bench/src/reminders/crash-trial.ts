import { countStatuses, readIdsInSending, writeDueReminders } from '../../../tests/_support/due-reminders.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import {
  startWorkerProcess,
  type WorkerName,
  type WorkerProcess,
} from '../../../tests/_support/worker-process.ts';
import { createRandom } from '../measure/random.ts';
import { openReminderHouse, type ReminderHouse } from './reminder-house.ts';

export interface CrashTrialOptions {
  readonly reminders: number;
  /** How many times something is killed, paused or cut off. */
  readonly faults: number;
  readonly schedulers: number;
  readonly senders: number;
  /** Of each sender; a small one spreads the work over the faults. */
  readonly prefetch: number;
  /** Decides which, in which order. */
  readonly seed: number;
  readonly log: (line: string) => void;
  /** How long all of it may take until everything is delivered. */
  readonly deadlineMs: number;
}

export interface CrashTrialResult {
  /** Requests that the receiver saw. */
  readonly raw: number;
  readonly distinct: number;
  readonly lost: number;
  /** Ids that came more than once. */
  readonly repeated: number;
  /** Of those, ids that no sender had in flight when it was killed: there must be none. */
  readonly unexplained: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
}

interface Worker {
  readonly name: WorkerName;
  process: WorkerProcess;
}

/**
 * Makes a share of the reminders due, and while it is delivered kills, pauses or cuts off something that takes part;
 * then the next share, and so on. A receiver that nothing is done to counts what comes.
 */
export async function runCrashTrial(options: CrashTrialOptions): Promise<CrashTrialResult> {
  const { reminders, faults, seed, log, deadlineMs } = options;
  const random = createRandom(seed);
  await using house = await openReminderHouse();
  const { receiver, dsn } = house;
  const env = { ...house.env, DAYWATCH_SENDER_PREFETCH: String(options.prefetch) };
  await writeDueReminders(dsn, { count: 0, webhookUrl: receiver.url });

  const start = (name: WorkerName): Promise<WorkerProcess> => startWorkerProcess(name, env);
  const names: readonly WorkerName[] = [
    ...Array.from({ length: options.senders }, () => 'calendar-sender' as const),
    ...Array.from({ length: options.schedulers }, () => 'calendar-scheduler' as const),
  ];
  const workers: Worker[] = await Promise.all(
    names.map(async (name) => ({ name, process: await start(name) })),
  );
  await using stack = new AsyncDisposableStack();
  stack.defer(async () => void (await Promise.all(workers.map(({ process }) => process.stop('SIGKILL')))));

  /** Ids that a sender had begun to send when it was killed: nobody can know whether they arrived. */
  const inFlight = new Set<string>();
  const faultsByName = listFaults(house, workers, start, random, inFlight);
  const deck = shuffle(Object.keys(faultsByName), faults, random);
  const arrived = receiver.distinct;
  const deadline = Date.now() + deadlineMs;
  await waitFor('the queue to be on disk', () => house.broker.hasSettled().catch(() => false));
  for (const [at, name] of deck.entries()) {
    const count = Math.floor((reminders * (at + 1)) / faults) - Math.floor((reminders * at) / faults);
    const target = (await arrived()) + Math.ceil(count / 4);
    await writeDueReminders(dsn, { count, inMs: DUE_IN_MS });
    await waitFor('a part of them', async () => (await arrived()) >= target, deadline - Date.now(), POLL_MS);
    log(`at ${await arrived()} of ${reminders}: ${name}`);
    await faultsByName[name]?.();
  }
  await waitFor(
    'every record',
    async () => (await countStatuses(dsn))['sent'] === reminders,
    deadline - Date.now(),
    RECORD_POLL_MS,
  );

  const counts = await receiver.counts();
  const raw = [...counts.values()].reduce((sum, times) => sum + times, 0);
  const repeated = [...counts].filter(([, times]) => times > 1).map(([id]) => id);
  return {
    raw,
    distinct: counts.size,
    lost: reminders - counts.size,
    repeated: repeated.length,
    unexplained: repeated.filter((id) => !inFlight.has(id)),
    statuses: await countStatuses(dsn),
  };
}

const PAUSE_MS = 1_500;
const POLL_MS = 20;
/** Counting them all is a burden on the database. */
const RECORD_POLL_MS = 250;
/** All of a share are written before they are due. */
const DUE_IN_MS = 1_000;

function listFaults(
  house: ReminderHouse,
  workers: readonly Worker[],
  start: (name: WorkerName) => Promise<WorkerProcess>,
  random: () => number,
  inFlight: Set<string>,
): Readonly<Record<string, () => Promise<void>>> {
  const pick = (name: WorkerName): Worker => {
    const those = workers.filter((worker) => worker.name === name);
    return those[Math.floor(random() * those.length)] as Worker;
  };
  const killWorker = (name: WorkerName) => async (): Promise<void> => {
    const worker = pick(name);
    await worker.process.stop('SIGKILL');
    if (name === 'calendar-sender') {
      for (const id of await readIdsInSending(house.dsn)) inFlight.add(id);
    }
    worker.process = await start(name);
  };
  const pauseWorker = (name: WorkerName) => async (): Promise<void> => {
    const { child } = pick(name).process;
    child.kill('SIGSTOP');
    await sleep(PAUSE_MS);
    child.kill('SIGCONT');
  };
  const { broker, brokerCable, databaseCable } = house;
  return {
    'kill -9 of a scheduler': killWorker('calendar-scheduler'),
    'kill -9 of a sender': killWorker('calendar-sender'),
    'kill -9 of RabbitMQ': async () => {
      await broker.kill();
      await broker.start();
    },
    'kill -9 of PostgreSQL': house.killDatabase,
    'SIGSTOP of a scheduler': pauseWorker('calendar-scheduler'),
    'SIGSTOP of a sender': pauseWorker('calendar-sender'),
    'SIGSTOP of RabbitMQ': async () => {
      await broker.pause();
      await sleep(PAUSE_MS);
      broker.resume();
    },
    'RabbitMQ cut off': async () => {
      brokerCable.cut();
      await sleep(PAUSE_MS);
      brokerCable.restore();
    },
    'PostgreSQL cut off': async () => {
      databaseCable.cut();
      await sleep(PAUSE_MS);
      databaseCable.restore();
    },
  };
}

/** So many of the names, each as often as the others, in an order that chance decides. */
function shuffle(names: readonly string[], count: number, random: () => number): readonly string[] {
  const deck: string[] = [];
  while (deck.length < count) {
    const keyed = names.map((name) => ({ name, key: random() }));
    deck.push(...keyed.toSorted((a, b) => a.key - b.key).map(({ name }) => name));
  }
  return deck.slice(0, count);
}

/** Here a time is the very thing that is done: how long something is away. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

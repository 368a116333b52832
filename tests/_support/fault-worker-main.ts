/**
 * A scheduler and a sender in one process that has a fault at one of their steps: it is killed there, or meets an
 * error. Everything else is what the executables run.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createScheduler } from '@daywatch/calendar-scheduler';
import { createSender } from '@daywatch/calendar-sender';
import type { ReminderQueue, ReminderSending } from '@daywatch/calendar';
import {
  createPostgresPurge,
  createPostgresReminders,
  createPostgresSeriesUpkeep,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import type { MessageQueue } from '@daywatch/delivery';
import { createPostgresQueue } from '@daywatch/delivery/postgres';
import { createRabbitmqQueue } from '@daywatch/delivery/rabbitmq';
import { openLog } from '@daywatch/service-kit/log';
import { openPostgres } from '@daywatch/service-kit/postgres';
import type { FaultPoint, FaultWorkerOptions } from './fault-points.ts';

const { dsn, broker, faults, kind } = JSON.parse(process.argv[2] ?? '') as FaultWorkerOptions;

/** Short, so that what a killed process has claimed, or in hand, comes back soon. */
const LEASE_MS = 3_000;
/** The first time goes well. */
const NTH = 2;

const passed = new Map<FaultPoint, number>();

/** A step that is passed: the fault is at the second time. */
async function pass(point: FaultPoint): Promise<void> {
  const times = (passed.get(point) ?? 0) + 1;
  passed.set(point, times);
  if (!faults.includes(point) || times !== NTH) return;
  console.log(`a fault: ${point}`);
  if (kind === 'throw') throw new Error(`a fault: ${point}`);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

const db = openPostgres({ dsn, applicationName: 'fault worker' });
const table = () => createPostgresQueue({ db, leaseMs: LEASE_MS });
const queue = broker === undefined ? table() : createRabbitmqQueue(broker);
const reminders = createPostgresReminders(db);
const scheduler = createScheduler({
  reminders: faultyReminders(reminders.queue),
  upkeep: createPostgresSeriesUpkeep(db),
  purge: createPostgresPurge(db),
  queue: { publish: faultyPublish, check: (signal) => queue.check(signal) },
  // One at a time, so that the steps of one reminder are not those of another.
  config: { period: 50, keep: { months: 12, days: 0 } },
  batch: 1,
  leaseMs: LEASE_MS,
  logger: openLog({ service: 'fault-worker', level: 'error' }).logger,
});
const sender = createSender({
  sending: faultySending(reminders.sending),
  settings: createPostgresSettingsStore(db),
  queue: { consume: faultyConsume, depth: (signal) => queue.depth(signal) },
  config: {
    channel: 'webhook',
    prefetch: 1,
    attempts: 8,
    first_pause: 50,
    longest_pause: 1_000,
    timeout: 60_000,
    allow_networks: ['127.0.0.0/8'],
    deny_networks: [],
  },
  leaseMs: LEASE_MS,
  remainingDrainMs: () => 0,
});
await queue.depth();
scheduler.begin();
sender.begin();

function faultyReminders(real: ReminderQueue): ReminderQueue {
  return {
    ...real,
    async claimDue(claim, limit, signal) {
      if ((await real.nextDueAt()) !== undefined) await pass('before the claim');
      const claimed = await real.claimDue(claim, limit, signal);
      if (claimed.due.length > 0) await pass('between claim and publishing');
      return claimed;
    },
    async recordScheduled(outcomes, claim, signal) {
      await pass('between confirm and record');
      await real.recordScheduled(outcomes, claim, signal);
      await pass('after the record');
    },
  };
}

async function faultyPublish(...args: Parameters<MessageQueue['publish']>) {
  const publishing = queue.publish(...args);
  // By then it is on its way, and may be anywhere.
  await nextTurn();
  await pass('between publishing and confirm');
  return publishing;
}

function faultyConsume(...[handler, options]: Parameters<MessageQueue['consume']>) {
  const faulty: typeof handler = async (message, signal) => {
    await pass('between receiving and beginning');
    const verdict = await handler(message, signal);
    await pass('between recorded outcome and acknowledgement');
    return verdict;
  };
  return queue.consume(faulty, options);
}

function faultySending(real: ReminderSending): ReminderSending {
  return {
    async beginSending(keys, options, signal) {
      const decisions = await real.beginSending(keys, options, signal);
      if (decisions.some(({ kind }) => kind === 'send')) await pass('between beginning and sending');
      return decisions;
    },
    async recordOutcomes(outcomes, name, signal) {
      const isSent = outcomes.some((outcome) => outcome.kind === 'sent');
      if (isSent) await pass('between sending and record of the outcome');
      await real.recordOutcomes(outcomes, name, signal);
    },
  };
}

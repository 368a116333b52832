import { randomUUID } from 'node:crypto';
import type { Channel, OutgoingMessage, PublishOutcome, SendOutcome } from '@daywatch/delivery';
import type { Reminder, ReminderStatus } from '../src/reminder/reminder.ts';
import { scheduleReminders, type SchedulingResult } from '../src/reminder/schedule-reminders.ts';
import { createReminderSender, type SettledMessage } from '../src/reminder/send-reminder.ts';
import { MAX_INSTANT, MIN_INSTANT, type Instant } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { Stores } from './stores.ts';

/** When `MEETING` is to be reminded of. */
export const DUE = at('2027-06-01T09:45:00Z');
export const MEETING = { start: '2027-06-01T10:00:00Z', duration: 'PT1H', notify_before: ['PT15M'] };
/** Of schedulers and senders. */
export const LEASE_MS = 30_000;

/** From due to delivered on a store: with a queue and a channel that remember what they are given. */
export interface SendingTrial {
  readonly service: Service;
  now: Instant;
  /** What was published. */
  readonly messages: OutgoingMessage[];
  /** What the queue says to a message. */
  answer: () => PublishOutcome;
  /** What was sent. */
  readonly sent: { readonly id: string; readonly attempt: number }[];
  /** What the channel says to an attempt. */
  outcome: () => Promise<SendOutcome> | SendOutcome;
  readonly settled: SettledMessage[];
  /** How long after they were due deliveries came. */
  readonly delaysMs: number[];
  schedule(limit?: number): Promise<SchedulingResult>;
  openSender(options?: {
    readonly sender?: string;
    readonly maxPerUser?: number;
  }): (message: OutgoingMessage) => ReturnType<ReturnType<typeof createReminderSender>>;
  list(): Promise<readonly Reminder[]>;
  statuses(): Promise<readonly ReminderStatus[]>;
}

export function openSendingTrial(stores: Stores): SendingTrial {
  const service = openService(stores);
  const channel: Channel = {
    name: 'test',
    send: async ({ id }, attempt) => {
      trial.sent.push({ id, attempt });
      return trial.outcome();
    },
  };
  const trial: SendingTrial = {
    service,
    now: DUE,
    messages: [],
    answer: () => ({ kind: 'confirmed' }),
    sent: [],
    outcome: () => ({ kind: 'delivered' }),
    settled: [],
    delaysMs: [],
    schedule: (limit = 100) =>
      scheduleReminders(
        {
          reminders: stores.reminders.queue,
          queue: {
            publish: async (batch) => {
              trial.messages.push(...batch);
              return batch.map(() => trial.answer());
            },
          },
          now: () => trial.now,
          newClaimId: randomUUID,
        },
        { limit, leaseMs: LEASE_MS },
      ),
    openSender({ sender = 'sender', maxPerUser = 10 } = {}) {
      const handler = createReminderSender({
        sending: stores.reminders.sending,
        channel,
        policy: { maxAttempts: 3, firstDelayMs: 1_000, maxDelayMs: 60_000 },
        maxPerUser,
        sender,
        leaseMs: LEASE_MS,
        now: () => trial.now,
        random: () => 0,
        onSettled: (one) => trial.settled.push(one),
        onDelivered: (delayMs) => trial.delaysMs.push(delayMs),
      });
      return ({ id, body }) => handler({ id, body, deliveries: 1 }, new AbortController().signal);
    },
    list: () =>
      stores.reminders.log.list({
        owner: service.user,
        eventId: undefined,
        from: MIN_INSTANT,
        to: MAX_INSTANT,
        status: undefined,
        after: undefined,
        limit: 100,
      }),
    statuses: async () => (await trial.list()).map(({ status }) => status),
  };
  return trial;
}

import type { Channel, OutgoingMessage, PublishOutcome, SendOutcome } from '@daywatch/delivery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventId } from '../src/event/event.ts';
import type { Reminder, ReminderKey } from '../src/reminder/reminder.ts';
import { scheduleReminders } from '../src/reminder/schedule-reminders.ts';
import { createReminderSender, type SettledMessage } from '../src/reminder/send-reminder.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant, type Instant } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const DUE = at('2027-06-01T09:45:00Z');
const LEASE_MS = 30_000;

/** From due to delivered, the same on every store: a queue and a channel that remember what they are given. */
export function describeSending(name: string, open: OpenStores): void {
  describe(`sending reminders from ${name}`, () => {
    let stores: Stores;
    let service: Service;
    let now: Instant;
    let messages: OutgoingMessage[];
    let answer: () => PublishOutcome;
    let sent: { id: string; attempt: number }[];
    let outcome: () => Promise<SendOutcome> | SendOutcome;
    let settled: SettledMessage[];

    beforeEach(async () => {
      stores = await open();
      service = openService(stores);
      now = DUE;
      messages = [];
      answer = () => ({ kind: 'confirmed' });
      sent = [];
      outcome = () => ({ kind: 'delivered' });
      settled = [];
    });
    afterEach(() => stores[Symbol.asyncDispose]());

    const schedule = (limit = 100) =>
      scheduleReminders(
        {
          reminders: stores.reminders.queue,
          queue: {
            publish: async (batch) => {
              messages.push(...batch);
              return batch.map(() => answer());
            },
          },
          now: () => now,
        },
        { limit, leaseMs: LEASE_MS },
      );

    const channel: Channel = {
      name: 'test',
      send: async ({ id }, attempt) => {
        sent.push({ id, attempt });
        return outcome();
      },
    };

    const openSender = (sender = 'sender') => {
      const handler = createReminderSender({
        sending: stores.reminders.sending,
        channel,
        policy: { maxAttempts: 3, firstDelayMs: 1_000, maxDelayMs: 1_000 },
        sender,
        leaseMs: LEASE_MS,
        now: () => now,
        random: () => 0,
        onSettled: (one) => settled.push(one),
      });
      return ({ id, body }: OutgoingMessage) =>
        handler({ id, body, deliveries: 1 }, new AbortController().signal);
    };

    const list = (): Promise<readonly Reminder[]> =>
      stores.reminders.log.list({
        owner: service.user,
        eventId: undefined,
        from: MIN_INSTANT,
        to: MAX_INSTANT,
        status: undefined,
        after: undefined,
        limit: 100,
      });
    const statuses = async () => (await list()).map(({ status }) => status);

    const meeting = { start: '2027-06-01T10:00:00Z', duration: 'PT1H', notify_before: ['PT15M'] };

    it('should publish what is due, and nothing that is ahead', async () => {
      await service.create(meeting);
      await service.create({ ...meeting, start: '2027-06-01T11:00:01Z' });
      now = toInstant(DUE - 1);
      expect(await schedule()).toMatchObject({ claimed: 0 });

      now = DUE;
      expect(await schedule()).toEqual({
        claimed: 1,
        published: 1,
        expired: 0,
        failed: 0,
        postponed: 0,
        isFull: false,
        lagMs: 0,
      });
      expect(await statuses()).toEqual(['published', 'pending']);
      expect(await stores.reminders.queue.nextDueAt()).toBe(DUE + 3_601_000);
    });

    it('should say in the message what the occurrence is when it is due', async () => {
      const { id } = await service.create({ ...meeting, recurrence: { rrule: 'FREQ=DAILY;COUNT=2' } });
      await service.updateOccurrence(id, '2027-06-02T10:00:00Z', 'this', { title: 'Renamed' });
      now = toInstant(DUE + 24 * 3_600_000);
      await schedule();

      const bodies = messages.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
      expect(bodies).toMatchObject([
        {
          kind: 'reminder',
          version: 1,
          event_id: id,
          title: 'Renamed',
          recurrence_id: '2027-06-02T10:00:00Z',
        },
      ]);
      expect(bodies[0]).toMatchObject({ user: service.user, occurrence_start: '2027-06-02T10:00:00Z' });
      expect(await statuses()).toEqual(['expired', 'published']);
    });

    it('should claim nothing twice, and share the work', async () => {
      for (let i = 0; i < 20; i++) await service.create({ ...meeting, busy: false });
      await Promise.all([schedule(8), schedule(8), schedule(8)]);
      await schedule(8);

      expect(new Set(messages.map(({ id }) => id)).size).toBe(20);
      expect(messages).toHaveLength(20);
    });

    it('should publish again what nobody confirmed, once the lease is over', async () => {
      await service.create(meeting);
      answer = () => ({ kind: 'unknown', reason: 'nobody answered' });
      expect(await schedule()).toMatchObject({ published: 0, postponed: 1 });
      answer = () => ({ kind: 'confirmed' });
      expect(await schedule()).toMatchObject({ claimed: 0 });
      now = toInstant(DUE + LEASE_MS);

      expect(await schedule()).toMatchObject({ published: 1 });
      expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
    });

    it('should set aside what the queue never takes, and go on with the rest', async () => {
      await service.create({ ...meeting, title: 'Bad' });
      await service.create({ ...meeting, title: 'Good', busy: false });
      const answers: PublishOutcome[] = [
        { kind: 'refused', code: 'message_too_large', reason: 'too large' },
        { kind: 'confirmed' },
      ];
      answer = () => answers.shift()!;

      expect(await schedule()).toMatchObject({ published: 1, failed: 1 });
      expect((await list()).map(({ status, error }) => `${status}: ${error}`).toSorted()).toEqual([
        'failed: too large',
        'published: null',
      ]);
    });

    it('should record what was over before it could be published as expired', async () => {
      await service.create(meeting);
      now = at('2027-06-01T11:00:00Z');

      expect(await schedule()).toMatchObject({ expired: 1, published: 0 });
      expect(await statuses()).toEqual(['expired']);
      expect(messages).toEqual([]);
    });

    it('should send what is under way though late, and say so', async () => {
      await service.create(meeting);
      now = at('2027-06-01T10:59:59Z');
      await schedule();
      expect(await openSender()(messages[0]!)).toEqual({ kind: 'done' });

      expect(await list()).toMatchObject([{ status: 'sent', late: true, sentAt: now, attempts: 1 }]);
      expect(settled).toEqual(['late']);
    });

    it.each([
      [60_000, false],
      [60_001, true],
    ])('should call a delivery %i ms after it was due late: %s', async (afterMs, late) => {
      await service.create(meeting);
      await schedule();
      now = toInstant(DUE + afterMs);
      await openSender()(messages[0]!);

      expect(await list()).toMatchObject([{ late, channel: 'test' }]);
    });

    it('should not send again what is delivered to it again', async () => {
      await service.create(meeting);
      await schedule();
      await openSender('a')(messages[0]!);
      expect(await openSender('b')(messages[0]!)).toEqual({ kind: 'done' });

      expect(sent).toHaveLength(1);
      expect(settled).toEqual(['sent', 'skipped']);
    });

    it('should send one message once that many senders get at the same time', async () => {
      await service.create(meeting);
      await schedule();
      const verdicts = await Promise.all(
        [openSender('a'), openSender('b'), openSender('b')].flatMap((send) => [
          send(messages[0]!),
          send(messages[0]!),
        ]),
      );

      expect(sent).toHaveLength(1);
      expect(verdicts.map(({ kind }) => kind)).toContain('done');
    });

    it('should wait for another sender, and take over only where it is dead', async () => {
      await service.create(meeting);
      await schedule();
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      outcome = () => (begin(), promise);
      const first = openSender('a')(messages[0]!);
      await begun;
      outcome = () => ({ kind: 'delivered' });
      expect(await openSender('b')(messages[0]!)).toMatchObject({ kind: 'again' });
      now = toInstant(now + LEASE_MS);
      expect(await openSender('b')(messages[0]!)).toEqual({ kind: 'done' });
      resolve({ kind: 'retry', reason: 'too late to matter' });
      await first;

      expect(sent).toEqual([
        { id: messages[0]!.id, attempt: 1 },
        { id: messages[0]!.id, attempt: 2 },
      ]);
      expect(await statuses()).toEqual(['sent']);
    });

    it('should send what was published before anybody could record it, and publish it no more', async () => {
      await service.create(meeting);
      const now1 = { now, limit: 1, leaseUntil: toInstant(now + LEASE_MS) };
      const [due] = await stores.reminders.queue.claimDue(now1);
      messages.length = 0;
      const sender = { sender: 'a', channel: 'test', now, leaseUntil: toInstant(now + LEASE_MS) };
      expect(await stores.reminders.sending.beginSending([due!.key], sender)).toEqual([
        { kind: 'send', attempt: 1 },
      ]);
      await stores.reminders.queue.recordScheduled([{ key: due!.key, kind: 'published' }], now);

      expect(await statuses()).toEqual(['sending']);
      now = toInstant(now + LEASE_MS);
      expect(await schedule()).toMatchObject({ claimed: 0 });
    });

    it('should try again with pauses, and give up in the end', async () => {
      await service.create(meeting);
      await schedule();
      outcome = () => ({ kind: 'retry', reason: 'no answer' });
      const send = openSender();
      expect(await send(messages[0]!)).toMatchObject({ kind: 'again', afterMs: 500, reason: 'no answer' });
      expect(await list()).toMatchObject([{ status: 'published', attempts: 1, error: 'no answer' }]);
      await send(messages[0]!);
      expect(await send(messages[0]!)).toMatchObject({ kind: 'dead-letter' });

      expect(await list()).toMatchObject([{ status: 'failed', attempts: 3 }]);
      expect(settled).toEqual(['retry', 'retry', 'failed']);
      expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    });

    it('should not send what was deleted after it was published', async () => {
      const { id } = await service.create(meeting);
      await schedule();
      await stores.events.delete(service.user, id as EventId, () => undefined);
      expect(await openSender()(messages[0]!)).toEqual({ kind: 'done' });

      expect(sent).toEqual([]);
      expect(await statuses()).toEqual(['cancelled']);
    });

    it('should not send the old time of what was moved after it was published', async () => {
      const { id } = await service.create(meeting);
      await schedule();
      await service.update(id, { start: '2027-06-01T10:05:00Z', end: '2027-06-01T11:05:00Z' });
      now = toInstant(DUE + 5 * 60_000);
      await schedule();
      for (const message of messages) await openSender()(message);

      expect(messages).toHaveLength(2);
      expect(sent.map(({ id }) => id)).toEqual([messages[1]!.id]);
      expect(await statuses()).toEqual(['cancelled', 'sent']);
    });

    it('should not forget that it sent what was deleted meanwhile', async () => {
      const { id } = await service.create(meeting);
      await schedule();
      outcome = async () => {
        await stores.events.delete(service.user, id as EventId, () => undefined);
        return { kind: 'delivered' };
      };
      await openSender()(messages[0]!);

      expect(await statuses()).toEqual(['sent']);
    });

    it('should try no more what was deleted during an attempt that failed', async () => {
      const { id } = await service.create(meeting);
      await schedule();
      outcome = async () => {
        await stores.events.delete(service.user, id as EventId, () => undefined);
        return { kind: 'retry', reason: 'no answer' };
      };
      const send = openSender();
      await send(messages[0]!);
      expect(await send(messages[0]!)).toEqual({ kind: 'done' });

      expect(await statuses()).toEqual(['cancelled']);
      expect(sent).toHaveLength(1);
    });

    it.each([
      ['not JSON', '{', /not JSON/],
      ['another version', '{"version":2,"kind":"reminder"}', /version is 2; allowed is 1/],
      ['another kind', '{"version":1,"kind":"alert"}', /kind is "alert"/],
      ['no fields', '{"version":1,"kind":"reminder"}', /id is missing; allowed is a UUID/],
    ])('should set aside %s', async (_, body, reason) => {
      const verdict = await openSender()({ id: 'x', body: Buffer.from(body) });

      expect(verdict).toMatchObject({ kind: 'dead-letter', reason: expect.stringMatching(reason) });
    });

    it('should set aside a reminder that is not there, and one whose id does not fit', async () => {
      await service.create(meeting);
      await schedule();
      const [message] = messages;
      const text = Buffer.from(message!.body).toString();
      const forged = text.replace('"schedule_version":0', '"schedule_version":7');
      expect(await openSender()({ id: 'x', body: Buffer.from(forged) })).toMatchObject({
        kind: 'dead-letter',
        reason: expect.stringContaining('is not that of the reminder it names'),
      });
      const key: ReminderKey = { ...(await list())[0]!.key, version: 9 };
      const options = { sender: 'a', channel: 'test', now, leaseUntil: toInstant(now + 1) };

      expect(await stores.reminders.sending.beginSending([key], options)).toEqual([{ kind: 'unknown' }]);
    });
  });
}

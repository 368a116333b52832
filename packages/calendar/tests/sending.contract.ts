import { randomUUID } from 'node:crypto';
import type { PublishOutcome } from '@daywatch/delivery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventId } from '../src/event/event.ts';
import type { ReminderKey } from '../src/reminder/reminder.ts';
import { toInstant } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { DUE, LEASE_MS, MEETING, openSendingTrial, type SendingTrial } from './sending-trial.ts';
import type { OpenStores, Stores } from './stores.ts';

/** From due to delivered, the same on every store. */
export function describeSending(name: string, open: OpenStores): void {
  describe(`sending reminders from ${name}`, () => {
    let stores: Stores;
    let trial: SendingTrial;

    beforeEach(async () => {
      stores = await open();
      trial = openSendingTrial(stores);
    });
    afterEach(() => stores[Symbol.asyncDispose]());

    it('should publish what is due, and nothing that is ahead', async () => {
      await trial.service.create(MEETING);
      await trial.service.create({ ...MEETING, start: '2027-06-01T11:00:01Z' });
      trial.now = toInstant(DUE - 1);
      expect(await trial.schedule()).toMatchObject({ claimed: 0 });

      trial.now = DUE;
      expect(await trial.schedule()).toEqual({
        claimed: 1,
        published: 1,
        expired: 0,
        failed: 0,
        postponed: 0,
        isFull: false,
        lagMs: 0,
      });
      expect(await trial.statuses()).toEqual(['published', 'pending']);
      expect(await stores.reminders.queue.nextDueAt()).toBe(DUE + 3_601_000);
    });

    it('should say in the message what the occurrence is when it is due', async () => {
      const { id } = await trial.service.create({ ...MEETING, recurrence: { rrule: 'FREQ=DAILY;COUNT=2' } });
      await trial.service.updateOccurrence(id, '2027-06-02T10:00:00Z', 'this', { title: 'Renamed' });
      trial.now = toInstant(DUE + 24 * 3_600_000);
      await trial.schedule();

      const bodies = trial.messages.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
      expect(bodies).toMatchObject([
        {
          kind: 'reminder',
          version: 1,
          event_id: id,
          title: 'Renamed',
          recurrence_id: '2027-06-02T10:00:00Z',
        },
      ]);
      expect(bodies[0]).toMatchObject({ user: trial.service.user, occurrence_start: '2027-06-02T10:00:00Z' });
      expect(await trial.statuses()).toEqual(['expired', 'published']);
    });

    it('should claim nothing twice, and share the work', async () => {
      for (let i = 0; i < 20; i++) await trial.service.create({ ...MEETING, busy: false });
      await Promise.all([trial.schedule(8), trial.schedule(8), trial.schedule(8)]);
      await trial.schedule(8);

      expect(new Set(trial.messages.map(({ id }) => id)).size).toBe(20);
      expect(trial.messages).toHaveLength(20);
    });

    it('should publish again what nobody confirmed, once the lease is over', async () => {
      await trial.service.create(MEETING);
      trial.answer = () => ({ kind: 'unknown', reason: 'nobody answered' });
      expect(await trial.schedule()).toMatchObject({ published: 0, postponed: 1 });
      trial.answer = () => ({ kind: 'confirmed' });
      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
      trial.now = toInstant(DUE + LEASE_MS);

      expect(await trial.schedule()).toMatchObject({ published: 1 });
      expect(new Set(trial.messages.map(({ id }) => id)).size).toBe(1);
    });

    it('should set aside what the queue never takes, and go on with the rest', async () => {
      await trial.service.create({ ...MEETING, title: 'Bad' });
      await trial.service.create({ ...MEETING, title: 'Good', busy: false });
      const answers: PublishOutcome[] = [
        { kind: 'refused', code: 'message_too_large', reason: 'too large' },
        { kind: 'confirmed' },
      ];
      trial.answer = () => answers.shift()!;

      expect(await trial.schedule()).toMatchObject({ published: 1, failed: 1 });
      expect((await trial.list()).map(({ status, error }) => `${status}: ${error}`).toSorted()).toEqual([
        'failed: too large',
        'published: null',
      ]);
    });

    it('should record what was over before it could be published as expired', async () => {
      await trial.service.create(MEETING);
      trial.now = at('2027-06-01T11:00:00Z');

      expect(await trial.schedule()).toMatchObject({ expired: 1, published: 0 });
      expect(await trial.statuses()).toEqual(['expired']);
      expect(trial.messages).toEqual([]);
    });

    it('should send what is under way though late, and say so', async () => {
      await trial.service.create(MEETING);
      trial.now = at('2027-06-01T10:59:59Z');
      await trial.schedule();
      expect(await trial.openSender()(trial.messages[0]!)).toEqual({ kind: 'done' });

      expect(await trial.list()).toMatchObject([
        { status: 'sent', late: true, sentAt: trial.now, attempts: 1 },
      ]);
      expect(trial.settled).toEqual(['late']);
    });

    it.each([
      [60_000, false],
      [60_001, true],
    ])('should call a delivery %i ms after it was due late: %s', async (afterMs, late) => {
      await trial.service.create(MEETING);
      await trial.schedule();
      trial.now = toInstant(DUE + afterMs);
      await trial.openSender()(trial.messages[0]!);

      expect(await trial.list()).toMatchObject([{ late, channel: 'test' }]);
      expect(trial.delaysMs).toEqual([afterMs]);
    });

    it('should not send again what is delivered to it again', async () => {
      await trial.service.create(MEETING);
      await trial.schedule();
      await trial.openSender({ sender: 'a' })(trial.messages[0]!);
      expect(await trial.openSender({ sender: 'b' })(trial.messages[0]!)).toEqual({ kind: 'done' });

      expect(trial.sent).toHaveLength(1);
      expect(trial.settled).toEqual(['sent', 'skipped']);
      expect(trial.delaysMs).toHaveLength(1);
    });

    it('should send one message once that many senders get at the same time', async () => {
      await trial.service.create(MEETING);
      await trial.schedule();
      const verdicts = await Promise.all(
        [
          trial.openSender({ sender: 'a' }),
          trial.openSender({ sender: 'b' }),
          trial.openSender({ sender: 'b' }),
        ].flatMap((send) => [send(trial.messages[0]!), send(trial.messages[0]!)]),
      );

      expect(trial.sent).toHaveLength(1);
      expect(new Set(verdicts.map(({ kind }) => kind))).toEqual(new Set(['done']));
      expect(await trial.statuses()).toEqual(['sent']);
      expect(await stores.reminders.queue.nextDueAt()).toBeUndefined();
    });

    it('should send what was published before anybody could record it, and publish it no more', async () => {
      await trial.service.create(MEETING);
      const claim = { id: randomUUID(), now: trial.now, leaseUntil: toInstant(trial.now + LEASE_MS) };
      const {
        due: [due],
      } = await stores.reminders.queue.claimDue(claim, 1);
      trial.messages.length = 0;
      const sender = {
        sender: 'a',
        channel: 'test',
        now: trial.now,
        leaseUntil: toInstant(trial.now + LEASE_MS),
      };
      expect(await stores.reminders.sending.beginSending([due!.key], sender)).toEqual([
        { kind: 'send', attempt: 1 },
      ]);
      await stores.reminders.queue.recordScheduled([{ key: due!.key, kind: 'published' }], claim);

      expect(await trial.statuses()).toEqual(['sending']);
      trial.now = toInstant(trial.now + LEASE_MS);
      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
    });

    it('should not send what was deleted after it was published', async () => {
      const { id } = await trial.service.create(MEETING);
      await trial.schedule();
      await stores.events.delete(trial.service.user, id as EventId, () => undefined);
      expect(await trial.openSender()(trial.messages[0]!)).toEqual({ kind: 'done' });

      expect(trial.sent).toEqual([]);
      expect(await trial.statuses()).toEqual(['cancelled']);
    });

    it('should not send the old time of what was moved after it was published', async () => {
      const { id } = await trial.service.create(MEETING);
      await trial.schedule();
      await trial.service.update(id, { start: '2027-06-01T10:05:00Z', end: '2027-06-01T11:05:00Z' });
      trial.now = toInstant(DUE + 5 * 60_000);
      await trial.schedule();
      for (const message of trial.messages) await trial.openSender()(message);

      expect(trial.messages).toHaveLength(2);
      expect(trial.sent.map(({ id }) => id)).toEqual([trial.messages[1]!.id]);
      expect(await trial.statuses()).toEqual(['cancelled', 'sent']);
    });

    it('should not forget that it sent what was deleted meanwhile', async () => {
      const { id } = await trial.service.create(MEETING);
      await trial.schedule();
      trial.outcome = async () => {
        await stores.events.delete(trial.service.user, id as EventId, () => undefined);
        return { kind: 'delivered' };
      };
      await trial.openSender()(trial.messages[0]!);

      expect(await trial.statuses()).toEqual(['sent']);
    });

    it.each([
      ['not JSON', '{', /not JSON/],
      ['another version', '{"version":2,"kind":"reminder"}', /version is 2; allowed is 1/],
      ['another kind', '{"version":1,"kind":"alert"}', /kind is "alert"/],
      ['no fields', '{"version":1,"kind":"reminder"}', /id is missing; allowed is a UUID/],
    ])('should set aside %s', async (_, body, reason) => {
      const verdict = await trial.openSender()({ id: 'x', body: Buffer.from(body) });

      expect(verdict).toMatchObject({ kind: 'dead-letter', reason: expect.stringMatching(reason) });
    });

    it('should set aside a reminder that is not there, and one whose id does not fit', async () => {
      await trial.service.create(MEETING);
      await trial.schedule();
      const [message] = trial.messages;
      const text = Buffer.from(message!.body).toString();
      const forged = text.replace('"schedule_version":0', '"schedule_version":7');
      expect(await trial.openSender()({ id: 'x', body: Buffer.from(forged) })).toMatchObject({
        kind: 'dead-letter',
        reason: expect.stringContaining('is not that of the reminder it names'),
      });
      const key: ReminderKey = { ...(await trial.list())[0]!.key, version: 9 };
      const options = { sender: 'a', channel: 'test', now: trial.now, leaseUntil: toInstant(trial.now + 1) };

      expect(await stores.reminders.sending.beginSending([key], options)).toEqual([{ kind: 'unknown' }]);
    });
  });
}

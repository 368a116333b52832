import { randomUUID } from 'node:crypto';
import type { SendOutcome } from '@daywatch/delivery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventId } from '../src/event/event.ts';
import { toInstant } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { DUE, LEASE_MS, MEETING, openSendingTrial, type SendingTrial } from './sending-trial.ts';
import type { OpenStores, Stores } from './stores.ts';

/** What is to be tried later goes back to the scheduler, and is lost on none of its ways; the same on every store. */
export function describeRetrying(name: string, open: OpenStores): void {
  describe(`trying reminders from ${name} again`, () => {
    let stores: Stores;
    let trial: SendingTrial;

    beforeEach(async () => {
      stores = await open();
      trial = openSendingTrial(stores);
    });
    afterEach(() => stores[Symbol.asyncDispose]());

    /** Publishes what is due then, and hands the last message to a sender. */
    const sendAt = async (time: number, sender = trial.openSender()) => {
      trial.now = toInstant(time);
      await trial.schedule();
      return sender(trial.messages.at(-1)!);
    };
    const noAnswer = (): SendOutcome => ({ kind: 'retry', reason: 'no answer' });

    it('should be done with pauses, each through the scheduler, and given up in the end', async () => {
      await trial.service.create(MEETING);
      trial.outcome = noAnswer;
      expect(await sendAt(DUE)).toEqual({ kind: 'done' });
      expect(await trial.list()).toMatchObject([{ status: 'pending', attempts: 1, error: 'no answer' }]);
      expect(await stores.reminders.queue.nextDueAt()).toBe(DUE + 500);

      expect(await sendAt(DUE + 500)).toEqual({ kind: 'done' });
      expect(await stores.reminders.queue.nextDueAt()).toBe(DUE + 500 + 1_000);
      expect(await sendAt(DUE + 1_500)).toMatchObject({ kind: 'dead-letter', reason: /attempt 3 of 3/ });

      expect(await trial.list()).toMatchObject([{ status: 'failed', attempts: 3 }]);
      expect(trial.settled).toEqual(['retry', 'retry', 'failed']);
      expect(trial.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      expect(new Set(trial.messages.map(({ id }) => id)).size).toBe(1);
    });

    it('should say how long it has waited since it was to be tried again', async () => {
      await trial.service.create(MEETING);
      trial.outcome = noAnswer;
      await sendAt(DUE + 60_000);
      trial.now = toInstant(DUE + 60_700);

      expect(await trial.schedule()).toMatchObject({ claimed: 1, lagMs: 200 });
    });

    it('should end when the occurrence is over, and say what was wrong', async () => {
      await trial.service.create(MEETING);
      trial.outcome = noAnswer;
      await sendAt(at('2027-06-01T10:59:59Z'));
      trial.now = at('2027-06-01T11:00:00Z');
      await trial.schedule();

      expect(await trial.list()).toMatchObject([{ status: 'expired', error: 'no answer' }]);
    });

    it('should not be done where it was deleted during the attempt', async () => {
      const { id } = await trial.service.create(MEETING);
      trial.outcome = async () => {
        await stores.events.delete(trial.service.user, id as EventId, () => undefined);
        return noAnswer();
      };
      await sendAt(DUE);
      trial.now = toInstant(DUE + 60_000);

      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
      expect(await trial.statuses()).toEqual(['cancelled']);
      expect(trial.sent).toHaveLength(1);
    });

    it('should follow what is edited between the attempts', async () => {
      const { id } = await trial.service.create(MEETING);
      trial.outcome = noAnswer;
      await sendAt(DUE);
      trial.service.clock.now = toInstant(DUE + 100);
      await trial.service.update(id, { title: 'Renamed' });
      trial.outcome = () => ({ kind: 'delivered' });
      await sendAt(DUE + 500);

      expect(trial.sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
      expect(await trial.list()).toMatchObject([{ status: 'sent', title: 'Renamed', error: null }]);
    });

    it('should outlive that the scheduler records late that it has published the attempt before', async () => {
      await trial.service.create(MEETING);
      const claim = { id: randomUUID(), now: DUE, leaseUntil: toInstant(DUE + LEASE_MS) };
      const {
        due: [due],
      } = await stores.reminders.queue.claimDue(claim, 1);
      trial.now = toInstant(DUE + LEASE_MS);
      await trial.schedule();
      trial.outcome = noAnswer;
      await trial.openSender()(trial.messages[0]!);
      await stores.reminders.queue.recordScheduled([{ key: due!.key, kind: 'published' }], claim);

      expect(await trial.statuses()).toEqual(['pending']);
      trial.outcome = () => ({ kind: 'delivered' });
      await sendAt(DUE + LEASE_MS + 500);
      expect(await trial.statuses()).toEqual(['sent']);
    });

    it('should outlive that a sender is faster than the record of the claim', async () => {
      await trial.service.create(MEETING);
      const claim = { id: randomUUID(), now: DUE, leaseUntil: toInstant(DUE + LEASE_MS) };
      const {
        due: [due],
      } = await stores.reminders.queue.claimDue(claim, 1);
      const until = toInstant(DUE + 1_000);
      await stores.reminders.sending.recordOutcomes([{ key: due!.key, kind: 'postponed', until }], 'a');
      await stores.reminders.queue.recordScheduled([{ key: due!.key, kind: 'published' }], claim);

      expect(await trial.statuses()).toEqual(['pending']);
      expect(await stores.reminders.queue.nextDueAt()).toBe(until);
    });

    it('should leave to a sender what it has in hand, and take over only where it is dead', async () => {
      await trial.service.create(MEETING);
      await trial.schedule();
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      trial.outcome = () => (begin(), promise);
      const first = trial.openSender({ sender: 'a' })(trial.messages[0]!);
      await begun;
      trial.outcome = () => ({ kind: 'delivered' });
      // Twice: what was put off is not free for the next who gets it.
      const other = trial.openSender({ sender: 'b' });
      expect(await other(trial.messages[0]!)).toEqual({ kind: 'done' });
      expect(await other(trial.messages[0]!)).toEqual({ kind: 'done' });
      expect(await trial.statuses()).toEqual(['sending']);
      trial.now = toInstant(DUE + LEASE_MS - 1);
      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
      await sendAt(DUE + LEASE_MS, other);
      resolve(noAnswer());
      await first;

      expect(trial.sent).toEqual([
        { id: trial.messages[0]!.id, attempt: 1 },
        { id: trial.messages[0]!.id, attempt: 2 },
      ]);
      expect(trial.settled).toEqual(['postponed', 'postponed', 'sent', 'retry']);
      expect(await trial.statuses()).toEqual(['sent']);
      expect(await stores.reminders.queue.nextDueAt()).toBeUndefined();
    });

    it('should not be done once the sender that had it in hand has delivered it', async () => {
      await trial.service.create(MEETING);
      await trial.schedule();
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      trial.outcome = () => (begin(), promise);
      const first = trial.openSender({ sender: 'a' })(trial.messages[0]!);
      await begun;
      await trial.openSender({ sender: 'b' })(trial.messages[0]!);
      resolve({ kind: 'delivered' });
      await first;
      trial.now = toInstant(DUE + LEASE_MS);

      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
      expect(trial.sent).toHaveLength(1);
      expect(await trial.statuses()).toEqual(['sent']);
    });

    it('should leave a turn to others, and come back, where a receiver hangs', async () => {
      for (let i = 0; i < 3; i++) await trial.service.create({ ...MEETING, busy: false });
      await trial.schedule();
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      trial.outcome = () => promise;
      const send = trial.openSender({ maxPerUser: 1 });
      const [first, ...rest] = trial.messages.map((message) => send(message));
      expect(await Promise.all(rest)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      expect(trial.sent).toHaveLength(1);
      expect((await trial.statuses()).toSorted()).toEqual(['pending', 'pending', 'sending']);
      resolve({ kind: 'delivered' });
      await first;
      trial.outcome = () => ({ kind: 'delivered' });
      trial.now = toInstant(DUE + 60_000);
      trial.messages.length = 0;
      await trial.schedule();
      for (const message of trial.messages) await send(message);

      expect(await trial.statuses()).toEqual(['sent', 'sent', 'sent']);
      expect(trial.sent.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
    });
  });
}

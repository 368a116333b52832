import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventId } from '../src/event/event.ts';
import type { Reminder } from '../src/reminder/reminder.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant } from '../src/time/instant.ts';
import { at, HOUR_MS, NOW } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

/** What writing events does to reminders, the same in every store. */
export function describeReminders(name: string, open: OpenStores): void {
  describe(`reminders in ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    /** `due status version` of each reminder, by due time. */
    const list = async (service: Service, changes: { event?: string; status?: Reminder['status'] } = {}) =>
      (
        await stores.reminders.log.list({
          owner: service.user,
          eventId: changes.event as EventId | undefined,
          from: MIN_INSTANT,
          to: MAX_INSTANT,
          status: changes.status,
          after: undefined,
          limit: 1_000,
        })
      ).map(({ dueAt, status, key }) => `${new Date(dueAt).toISOString()} ${status} v${key.version}`);

    /** Says of all that is due until then that it is sent. */
    const sendAll = async (service: Service, until: string): Promise<void> => {
      const now = at(until);
      const claim = { id: randomUUID(), now, leaseUntil: toInstant(now + 1) };
      const { due } = await stores.reminders.queue.claimDue(claim, 1_000);
      const keys = due.filter(({ user }) => user === service.user).map(({ key }) => key);
      await stores.reminders.queue.recordScheduled(
        keys.map((key) => ({ key, kind: 'published' })),
        claim,
      );
      const options = { sender: 'a', channel: 'stdout', now, leaseUntil: toInstant(now + 60_000) };
      await stores.reminders.sending.beginSending(keys, options);
      await stores.reminders.sending.recordOutcomes(
        keys.map((key) => ({ key, kind: 'sent', at: now, late: false })),
        'a',
      );
    };

    const berlin = {
      start: '2027-06-01T10:00:00+02:00',
      end: '2027-06-01T11:00:00+02:00',
      time_zone: 'Europe/Berlin',
    };

    it('should plan a reminder for each duration before the start', async () => {
      const service = openService(stores);
      await service.create({ ...berlin, notify_before: ['PT15M', 'P1D'] });

      expect(await list(service)).toEqual([
        '2027-05-31T08:00:00.000Z pending v0',
        '2027-06-01T07:45:00.000Z pending v0',
      ]);
    });

    it.each([
      // Clocks go forward on 28 March 2027 in Berlin, on 14 March in New York; back on 31 October and 7 November.
      ['P1D', 'Europe/Berlin', '2027-03-28T09:00:00', '2027-03-27T08:00:00.000Z'],
      ['PT24H', 'Europe/Berlin', '2027-03-28T09:00:00', '2027-03-27T07:00:00.000Z'],
      ['P1D', 'Europe/Berlin', '2027-10-31T09:00:00', '2027-10-30T07:00:00.000Z'],
      ['PT24H', 'Europe/Berlin', '2027-10-31T09:00:00', '2027-10-30T08:00:00.000Z'],
      ['P1D', 'America/New_York', '2027-03-14T09:00:00', '2027-03-13T14:00:00.000Z'],
      ['PT24H', 'America/New_York', '2027-03-14T09:00:00', '2027-03-13T13:00:00.000Z'],
      ['P1D', 'America/New_York', '2027-11-07T09:00:00', '2027-11-06T13:00:00.000Z'],
      ['PT24H', 'America/New_York', '2027-11-07T09:00:00', '2027-11-06T14:00:00.000Z'],
      // 2:30 the day before does not exist: it is read as 3:30.
      ['P1D', 'Europe/Berlin', '2027-03-29T02:30:00', '2027-03-28T01:30:00.000Z'],
    ])('should know what %s in %s before %s is', async (before, time_zone, start, due) => {
      const service = openService(stores);
      await service.create({ start, duration: 'PT1H', time_zone, notify_before: [before] });

      expect(await list(service)).toEqual([`${due} pending v0`]);
    });

    it('should keep the wall-clock hour of the day before in a series across a clock change', async () => {
      const service = openService(stores);
      await service.create({
        start: '2027-03-27T09:00:00',
        duration: 'PT1H',
        time_zone: 'Europe/Berlin',
        notify_before: ['P1D'],
        recurrence: { rrule: 'FREQ=DAILY;COUNT=4' },
      });

      expect(await list(service)).toEqual([
        '2027-03-26T08:00:00.000Z pending v0',
        '2027-03-27T08:00:00.000Z pending v0',
        '2027-03-28T07:00:00.000Z pending v0',
        '2027-03-29T07:00:00.000Z pending v0',
      ]);
    });

    it('should remind of all-day events before local midnight', async () => {
      const service = openService(stores);
      await service.create({
        start: '2027-03-28',
        end: '2027-03-29',
        all_day: true,
        time_zone: 'Europe/Berlin',
        notify_before: ['PT2H'],
      });

      expect(await list(service)).toEqual(['2027-03-27T21:00:00.000Z pending v0']);
    });

    it('should remind at once, and once, of what is about to start', async () => {
      const service = openService(stores);
      const start = toInstant(NOW + HOUR_MS - 250);
      await service.create({
        start: new Date(start).toISOString().replace('.000', ''),
        duration: 'PT1H',
        notify_before: ['P1W', 'P1D', 'PT2H', 'PT15M'],
      });

      expect(await list(service)).toEqual([
        `${new Date(NOW).toISOString()} pending v0`,
        `${new Date(start - 900_000).toISOString()} pending v0`,
      ]);
    });

    it('should not remind of what has started', async () => {
      const service = openService(stores);
      await service.create({ start: '2026-11-02T09:00:00Z', duration: 'PT3H', notify_before: ['PT15M'] });

      expect(await list(service)).toEqual([]);
    });

    it('should cancel the reminder of a time that is no more, and remind of the new one', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, notify_before: ['PT15M'] });
      await service.update(id, { start: '2027-06-01T12:00:00+02:00', end: '2027-06-01T13:00:00+02:00' });

      expect(await list(service)).toEqual([
        '2027-06-01T07:45:00.000Z cancelled v0',
        '2027-06-01T09:45:00.000Z pending v0',
      ]);
    });

    it('should remind again after a reschedule of what was reminded of, also back to the old time', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, notify_before: ['PT15M'] });
      await sendAll(service, '2027-06-01T07:45:00Z');
      service.clock.now = at('2027-06-01T07:50:00Z');
      await service.update(id, { start: '2027-06-01T12:00:00+02:00', end: '2027-06-01T13:00:00+02:00' });
      await service.update(id, { start: berlin.start, end: berlin.end });

      expect(await list(service)).toEqual([
        '2027-06-01T07:45:00.000Z sent v0',
        '2027-06-01T07:50:00.000Z pending v1',
        '2027-06-01T09:45:00.000Z cancelled v0',
      ]);
    });

    it('should leave reminders alone when the time stays', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, notify_before: ['P1D', 'PT15M'] });
      await sendAll(service, '2027-05-31T08:00:00Z');
      service.clock.now = at('2027-05-31T09:00:00Z');
      await service.update(id, { title: 'Other', busy: false, notify_before: ['P1D', 'PT15M', 'PT5M'] });

      expect(await list(service)).toEqual([
        '2027-05-31T08:00:00.000Z sent v0',
        '2027-06-01T07:45:00.000Z pending v0',
        '2027-06-01T07:55:00.000Z pending v0',
      ]);
    });

    it('should move a reminder whose zone says another day before', async () => {
      const service = openService(stores);
      const start = { start: '2027-03-28T12:00:00Z', end: '2027-03-28T13:00:00Z' };
      const { id } = await service.create({ ...start, time_zone: 'UTC', notify_before: ['P1D'] });
      await service.update(id, { ...start, time_zone: 'Europe/Berlin' });

      expect(await list(service)).toEqual(['2027-03-27T13:00:00.000Z pending v0']);
    });

    it('should cancel the reminders of what is deleted, and remember what they were of', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, title: 'Dentist', notify_before: ['P1D', 'PT15M'] });
      await sendAll(service, '2027-05-31T08:00:00Z');
      await stores.events.delete(service.user, id as EventId, () => undefined);

      expect(await list(service, { event: id })).toEqual([
        '2027-05-31T08:00:00.000Z sent v0',
        '2027-06-01T07:45:00.000Z cancelled v0',
      ]);
      const [, cancelled] = await stores.reminders.log.list({
        owner: service.user,
        eventId: id as EventId,
        from: MIN_INSTANT,
        to: MAX_INSTANT,
        status: undefined,
        after: undefined,
        limit: 2,
      });
      expect(cancelled).toMatchObject({ title: 'Dentist', timeZone: 'Europe/Berlin', isAllDay: false });
    });

    it('should give an id that is used again reminders of its own', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, notify_before: ['PT15M'] });
      await stores.events.delete(service.user, id as EventId, () => undefined);
      await service.create({ id, ...berlin, notify_before: ['PT15M'] });

      expect(await list(service)).toEqual([
        '2027-06-01T07:45:00.000Z cancelled v0',
        '2027-06-01T07:45:00.000Z pending v1',
      ]);
    });

    it('should follow the changes of single occurrences', async () => {
      const service = openService(stores);
      const { id } = await service.create({
        start: '2027-06-01T10:00:00Z',
        duration: 'PT1H',
        notify_before: ['PT15M'],
        recurrence: { rrule: 'FREQ=DAILY;COUNT=4' },
      });
      await service.updateOccurrence(id, '2027-06-02T10:00:00Z', 'this', {
        start: '2027-06-02T12:00:00Z',
        end: '2027-06-02T13:00:00Z',
      });
      await service.updateOccurrence(id, '2027-06-03T10:00:00Z', 'this', { notify_before: ['PT30M'] });
      await service.deleteOccurrence(id, '2027-06-04T10:00:00Z', 'this');

      expect(await list(service, { status: 'pending' })).toEqual([
        '2027-06-01T09:45:00.000Z pending v0',
        '2027-06-02T11:45:00.000Z pending v1',
        '2027-06-03T09:30:00.000Z pending v0',
      ]);
      expect(await list(service, { status: 'cancelled' })).toHaveLength(3);
    });

    it('should hand reminders over where a series is split, and tell nobody twice', async () => {
      const service = openService(stores);
      const { id } = await service.create({
        start: '2027-06-01T10:00:00Z',
        duration: 'PT1H',
        notify_before: ['PT15M'],
        recurrence: { rrule: 'FREQ=DAILY;COUNT=4' },
      });
      await sendAll(service, '2027-06-02T09:45:00Z');
      service.clock.now = at('2027-06-02T09:50:00Z');
      const tail = await service.updateOccurrence(id, '2027-06-02T10:00:00Z', 'following', {
        title: 'Other',
      });

      expect(await list(service, { event: id })).toEqual([
        '2027-06-01T09:45:00.000Z sent v0',
        '2027-06-02T09:45:00.000Z sent v0',
        '2027-06-03T09:45:00.000Z cancelled v0',
        '2027-06-04T09:45:00.000Z cancelled v0',
      ]);
      expect(await list(service, { event: tail.id })).toEqual([
        '2027-06-03T09:45:00.000Z pending v0',
        '2027-06-04T09:45:00.000Z pending v0',
      ]);
    });

    it('should plan the reminders of occurrences that the horizon reaches', async () => {
      const service = openService(stores);
      await service.create({
        start: '2026-12-01T10:00:00Z',
        duration: 'PT1H',
        notify_before: ['PT15M'],
        recurrence: { rrule: 'FREQ=MONTHLY' },
      });
      const before = (await list(service)).length;
      service.clock.now = toInstant(NOW + 92 * 24 * HOUR_MS);
      await service.moveHorizons();

      expect(await list(service)).toHaveLength(before + 3);
    });

    it('should show nobody the reminders of others', async () => {
      const service = openService(stores);
      const { id } = await service.create({ ...berlin, notify_before: ['PT15M'] });

      expect(await list(openService(stores), { event: id })).toEqual([]);
    });

    it('should list page by page, by due time', async () => {
      const service = openService(stores);
      for (let day = 1; day <= 5; day++) {
        await service.create({
          start: `2027-06-0${day}T10:00:00Z`,
          duration: 'PT1H',
          notify_before: ['PT0S', 'P1D'],
        });
      }
      const query = {
        owner: service.user,
        eventId: undefined,
        from: at('2027-06-01T10:00:00Z'),
        to: at('2027-06-05T10:00:00Z'),
        status: 'pending' as const,
      };
      const whole = await stores.reminders.log.list({ ...query, after: undefined, limit: 100 });
      const paged: Reminder[] = [];
      for (let page = 0; page < 5; page++) {
        const after = paged.at(-1);
        paged.push(...(await stores.reminders.log.list({ ...query, after, limit: 2 })));
      }

      expect(whole).toHaveLength(8);
      expect(paged).toEqual(whole);
    });

    it('should keep the settings of a user', async () => {
      const { user } = openService(stores);
      const set = { user, webhookUrl: 'https://example.org/', webhookSecret: 'whsec_AA==', updatedAt: NOW };

      expect(await stores.settings.get(user)).toBeUndefined();
      await stores.settings.update(user, () => set);
      await stores.settings.update(user, (current) => ({ ...(current ?? set), webhookUrl: null }));

      expect(await stores.settings.get(user)).toEqual({ ...set, webhookUrl: null });
    });

    it('should change settings one after the other', async () => {
      const { user } = openService(stores);
      const set = { user, webhookUrl: '', webhookSecret: null, updatedAt: NOW };
      await Promise.all(
        Array.from({ length: 8 }, () =>
          stores.settings.update(user, (current) => ({
            ...set,
            webhookUrl: `${current?.webhookUrl ?? ''}x`,
          })),
        ),
      );

      expect((await stores.settings.get(user))?.webhookUrl).toBe('xxxxxxxx');
    });
  });
}

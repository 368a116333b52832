import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventId } from '../src/event/event.ts';
import { purgeOldEvents } from '../src/reminder/purge-old-events.ts';
import type { KeepPeriod } from '../src/reminder/keep-period.ts';
import type { PurgeCursor } from '../src/reminder/purge.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

/** Forgetting what is long over, the same in every store. */
export function describePurge(name: string, open: OpenStores): void {
  describe(`purging ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeEach(async () => {
      stores = await open();
      service = openService(stores);
    });
    afterEach(() => stores[Symbol.asyncDispose]());

    const purge = async (now: string, keep: KeepPeriod = { months: 12, days: 0 }) => {
      const sum = { events: 0, occurrences: 0, reminders: 0 };
      let after: PurgeCursor | undefined;
      do {
        const step = await purgeOldEvents({ purge: stores.purge, now: () => at(now) }, keep, after);
        sum.events += step.events;
        sum.occurrences += step.occurrences;
        sum.reminders += step.reminders;
        after = step.next;
      } while (after);
      return sum;
    };
    const reminders = async () =>
      stores.reminders.log.list({
        owner: service.user,
        eventId: undefined,
        from: MIN_INSTANT,
        to: MAX_INSTANT,
        status: undefined,
        after: undefined,
        limit: 1_000,
      });

    const meeting = { start: '2027-03-01T10:00:00Z', duration: 'PT1H', notify_before: ['PT15M'] };

    it('should forget an event a calendar year after its end, and its reminders with it', async () => {
      const { id, calendar_id } = await service.create(meeting);

      // 2028 has a 29 February: a year is 366 days here.
      expect(await purge('2028-03-01T11:00:00Z')).toEqual({ events: 0, occurrences: 0, reminders: 0 });
      expect(await purge('2028-03-01T11:00:01Z')).toEqual({ events: 1, occurrences: 0, reminders: 1 });
      await expect(service.get(id)).rejects.toThrow('there is no event');
      expect(await reminders()).toEqual([]);
      expect(await stores.listTombstones(calendar_id as never)).toMatchObject([{ eventId: id }]);
    });

    it('should keep a series as long as one of its occurrences is young', async () => {
      const { id } = await service.create({ ...meeting, recurrence: { rrule: 'FREQ=MONTHLY;COUNT=14' } });

      expect(await purge('2029-03-31T00:00:00Z')).toMatchObject({ events: 0, occurrences: 0 });
      expect((await service.get(id)).id).toBe(id);
      expect(await purge('2029-04-02T00:00:00Z')).toMatchObject({ events: 1 });
    });

    it('should forget the past of a series without end, and keep the series', async () => {
      const { id } = await service.create({ ...meeting, recurrence: { rrule: 'FREQ=MONTHLY' } });
      expect(await purge('2028-05-15T00:00:00Z')).toMatchObject({ events: 0, occurrences: 3 });

      expect((await service.get(id)).recurrence?.rrule).toBe('FREQ=MONTHLY');
      expect(await service.starts('2027-01-01T00:00:00Z', '2027-07-15T00:00:00Z')).toEqual([
        '2027-06-01T10:00:00Z',
        '2027-07-01T10:00:00Z',
      ]);
    });

    it('should forget what became of the reminders of deleted events', async () => {
      const { id } = await service.create(meeting);
      await stores.events.delete(service.user, id as EventId, () => undefined);
      expect(await purge('2028-03-01T09:45:00Z')).toMatchObject({ reminders: 0 });

      expect(await purge('2028-03-01T09:45:01Z')).toMatchObject({ events: 0, reminders: 1 });
    });

    it('should go through many events in small steps', async () => {
      for (let i = 0; i < 230; i++) await service.create({ ...meeting, busy: false, notify_before: [] });
      await service.create({ ...meeting, start: '2028-06-01T10:00:00Z' });

      expect(await purge('2029-01-01T00:00:00Z')).toMatchObject({ events: 230 });
      expect(await purge('2029-01-01T00:00:00Z')).toMatchObject({ events: 0 });
    });

    it('should keep events as long as it is told', async () => {
      await service.create(meeting);

      expect(await purge('2027-03-31T11:00:00Z', { months: 0, days: 30 })).toMatchObject({ events: 0 });
      expect(await purge('2027-03-31T11:00:01Z', { months: 0, days: 30 })).toMatchObject({ events: 1 });
    });
  });
}

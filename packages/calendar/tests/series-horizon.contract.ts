import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const WEEKLY = {
  start: '2027-01-04T09:00:00',
  duration: 'PT1H',
  time_zone: 'Europe/Berlin',
  recurrence: { rrule: 'FREQ=WEEKLY' },
};

/** What every store keeps when horizons move. Moving them touches every series of the store, so it has its own. */
export function describeHorizon(name: string, open: OpenStores): void {
  describe(`the horizon: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should move without changing what is seen, or the etag', async () => {
      const created = await service.create(WEEKLY);
      await service.updateOccurrence(created.id, '2030-01-07T08:00:00Z', 'this', { title: 'Special' });
      await service.deleteOccurrence(created.id, '2030-01-14T08:00:00Z', 'this');
      const period = ['2029-06-01T00:00:00Z', '2031-06-01T00:00:00Z'] as const;
      const [before, busy] = [
        await service.list(...period),
        await service.busy(period[0], '2030-06-01T00:00:00Z'),
      ];
      const event = await service.get(created.id);

      service.clock.now = at('2030-01-01T00:00:00Z');
      expect(await service.moveHorizons()).toBe(0);

      expect(await service.list(...period)).toEqual(before);
      expect(await service.busy(period[0], '2030-06-01T00:00:00Z')).toEqual(busy);
      expect(await service.get(created.id)).toEqual(event);
      expect(before.filter(({ overridden }) => overridden)).toHaveLength(1);
    });

    it('should keep two series that meet far ahead, and say so', async () => {
      // The first 29 February after 2028 that is a Monday is in 2044.
      const first = await service.create({
        title: 'Mondays',
        start: '2027-01-04T09:00:00Z',
        duration: 'PT1H',
        recurrence: { rrule: 'FREQ=WEEKLY' },
      });
      const second = await service.create({
        title: 'Leap days',
        start: '2028-02-29T09:30:00Z',
        duration: 'PT1H',
        recurrence: { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' },
      });
      expect(second.conflicts).toEqual([]);
      const monday = '2044-02-29T09:30:00Z';

      service.clock.now = at('2043-01-01T00:00:00Z');
      expect(await service.moveHorizons()).toBe(1);

      const conflict = {
        event_id: first.id,
        recurrence_id: '2044-02-29T09:00:00Z',
        start: '2044-02-29T09:00:00Z',
        end: '2044-02-29T10:00:00Z',
      };
      const marked = [await service.get(first.id), await service.get(second.id)].filter(
        ({ conflicts }) => conflicts.length > 0,
      );
      expect(marked).toHaveLength(1);
      if (marked[0]!.id === second.id) expect(marked[0]!.conflicts).toEqual([conflict]);
      expect(await service.starts('2044-02-29T00:00:00Z', '2044-03-01T00:00:00Z')).toEqual([
        '2044-02-29T09:00:00Z',
        monday,
      ]);
      // Both take their time: also the one that the constraint does not see.
      await expect(
        service.create({ title: 'x', start: '2044-02-29T10:15:00Z', duration: 'PT5M' }),
      ).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ eventId: second.id }] });
      // A change of texts is no reason to refuse what was let in.
      expect(await service.update(second.id, { title: 'Leap' })).toMatchObject({ title: 'Leap' });
      expect(await service.update(first.id, { title: 'Monday' })).toMatchObject({ title: 'Monday' });
      const still = [await service.get(first.id), await service.get(second.id)];
      expect(still.filter(({ conflicts }) => conflicts.length > 0)).toHaveLength(1);

      await service.deleteOccurrence(first.id, '2044-02-29T09:00:00Z', 'this');
      expect((await service.get(second.id)).conflicts).toEqual([]);
      await expect(
        service.create({ title: 'x', start: '2044-02-29T10:15:00Z', duration: 'PT5M' }),
      ).rejects.toMatchObject({ code: 'date_busy' });
    });

    it('should not refuse a change for what was let in before, beyond the rows', async () => {
      const mondays = await service.create({
        title: 'Mondays',
        start: '2027-01-04T09:00:00Z',
        duration: 'PT1H',
        recurrence: { rrule: 'FREQ=WEEKLY' },
      });
      const leap = await service.create({
        title: 'Leap days',
        start: '2028-02-29T09:30:00Z',
        duration: 'PT1H',
        recurrence: { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' },
      });
      const clash = '2044-02-29T09:30:00Z';

      await service.updateOccurrence(leap.id, clash, 'this', { title: 'Renamed' });
      await service.deleteOccurrence(leap.id, '2052-02-29T09:30:00Z', 'following');
      const tail = await service.updateOccurrence(mondays.id, '2040-01-02T09:00:00Z', 'following', {
        title: 'Later',
      });
      await service.update(tail.id, { recurrence: { rrule: 'FREQ=WEEKLY;COUNT=500' } });

      const day = ['2044-02-29T00:00:00Z', '2044-03-01T00:00:00Z'] as const;
      expect((await service.list(...day)).map(({ title }) => title)).toEqual(['Later', 'Renamed']);
      const conflicts = [
        ...(await service.get(leap.id)).conflicts,
        ...(await service.get(tail.id)).conflicts,
      ];
      expect(conflicts).toHaveLength(1);
      // It is a time that both take: moving one there anew is refused.
      await expect(
        service.updateOccurrence(leap.id, '2036-02-29T09:30:00Z', 'this', {
          start: '2044-03-07T09:30:00Z',
          end: '2044-03-07T10:00:00Z',
        }),
      ).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ eventId: tail.id }] });
    });

    it('should compare two endless series that begin later with each other', async () => {
      await service.create({ ...WEEKLY, start: '2040-01-02T09:00:00' });

      await expect(service.create({ ...WEEKLY, start: '2040-01-02T09:30:00' })).rejects.toMatchObject({
        code: 'date_busy',
      });
      await expect(service.create({ ...WEEKLY, start: '2027-01-04T09:30:00' })).rejects.toMatchObject({
        code: 'date_busy',
      });
    });
  });
}

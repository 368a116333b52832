import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purgeOldEvents } from '../src/reminder/purge-old-events.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

/** Mondays at 9. */
const SERIES = { start: '2027-03-01T09:00:00Z', duration: 'PT1H', recurrence: { rrule: 'FREQ=WEEKLY' } };
const SECOND = '2027-03-08T09:00:00Z';
const THIRD = '2027-03-15T09:00:00Z';
const FIFTH = '2027-03-29T09:00:00Z';

/** What every store keeps of the parts of divided series: their links, and that dividing can be said twice. */
export function describeSeriesLinks(name: string, open: OpenStores): void {
  describe(`parts of a series: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    /** A series divided twice, the later division first. */
    const divideTwice = async () => {
      const head = await service.create(SERIES);
      const tail = await service.updateOccurrence(head.id, FIFTH, 'following', { title: 'Tail' });
      const middle = await service.updateOccurrence(head.id, THIRD, 'following', { title: 'Middle' });
      return { head, middle, tail };
    };
    const linksOf = async (...ids: readonly string[]) =>
      Promise.all(
        ids.map(async (id) => {
          const { continues, continued_by } = await service.get(id);
          return [continues, continued_by];
        }),
      );

    it('should be linked with what is next where one is divided again', async () => {
      const { head, middle, tail } = await divideTwice();

      expect(await linksOf(head.id, middle.id, tail.id)).toEqual([
        [null, middle.id],
        [head.id, tail.id],
        [middle.id, null],
      ]);
      // It is not as it was answered before: its etag tells.
      expect((await service.get(tail.id)).etag).toBe(middle.etag);
      expect(await service.get(middle.id)).toEqual(middle);
    });

    it('should be linked with each other when the one between them is deleted', async () => {
      const { head, middle, tail } = await divideTwice();

      await service.deleteOccurrence(middle.id, THIRD, 'following');

      expect(await linksOf(head.id, tail.id)).toEqual([
        [null, tail.id],
        [head.id, null],
      ]);
      expect((await service.get(head.id)).etag).toBe((await service.get(tail.id)).etag);
    });

    it('should name none that is gone, by whichever way it went', async () => {
      const { head, middle, tail } = await divideTwice();

      await service.deleteOccurrence(head.id, SERIES.start, 'this');
      await service.deleteOccurrence(head.id, SECOND, 'this');
      expect(await linksOf(middle.id, tail.id)).toEqual([
        [null, tail.id],
        [middle.id, null],
      ]);
      await stores.events.delete(service.user, tail.id as never, () => undefined);
      expect(await linksOf(middle.id)).toEqual([[null, null]]);
    });

    it('should name none that was forgotten', async () => {
      const { head, middle } = await divideTwice();

      await purgeOldEvents(
        { purge: stores.purge, now: () => at('2028-03-10T00:00:00Z') },
        { months: 12, days: 0 },
      );

      await expect(service.get(head.id)).rejects.toMatchObject({ code: 'event_not_found' });
      expect(await linksOf(middle.id)).toMatchObject([[null, expect.any(String)]]);
    });

    describe('a division that is sent again', () => {
      const PATCH = { title: 'Later', start: '2027-03-15T10:00:00Z', duration: 'PT2H' };

      it.each([
        ['without an end', 'FREQ=WEEKLY'],
        ['with COUNT', 'FREQ=WEEKLY;COUNT=9'],
        ['with UNTIL', 'FREQ=WEEKLY;UNTIL=20280101T000000Z'],
      ])('should answer what it made: %s', async (_, rrule) => {
        const { id, etag } = await service.create({ ...SERIES, recurrence: { rrule } });
        const tail = await service.updateOccurrence(id, THIRD, 'following', { ...PATCH, etag });
        const head = await service.get(id);

        expect(await service.updateOccurrence(id, THIRD, 'following', { ...PATCH, etag })).toEqual(tail);
        expect(await service.updateOccurrence(id, THIRD, 'following', PATCH)).toEqual(tail);
        expect(await service.get(id)).toEqual(head);
      });

      it('should answer what it made of dates, and where all is cleared', async () => {
        const dates = { start: '2027-03-01', all_day: true, recurrence: { rrule: 'FREQ=WEEKLY' } };
        const { id } = await service.create(dates);
        const patch = { recurrence: null, time_zone: null };
        const tail = await service.updateOccurrence(id, '2027-03-15', 'following', patch);

        expect(await service.updateOccurrence(id, '2027-03-15', 'following', patch)).toEqual(tail);
      });

      it('should be told from another one', async () => {
        const { id, etag } = await service.create(SERIES);
        const tail = await service.updateOccurrence(id, THIRD, 'following', { ...PATCH, etag });
        const again = (recurrenceId: string, patch: object) =>
          service.updateOccurrence(id, recurrenceId, 'following', patch);

        await expect(again(THIRD, { ...PATCH, title: 'Other' })).rejects.toMatchObject({
          code: 'occurrence_not_found',
        });
        await expect(again(THIRD, { ...PATCH, title: 'Other', etag })).rejects.toMatchObject({
          code: 'stale_event',
        });
        await expect(again(FIFTH, PATCH)).rejects.toMatchObject({ code: 'occurrence_not_found' });
        await service.update(tail.id, { title: 'Changed since' });
        await expect(again(THIRD, PATCH)).rejects.toMatchObject({ code: 'occurrence_not_found' });
      });
    });
  });
}

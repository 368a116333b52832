import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const BERLIN = 'Europe/Berlin';
const SPRING = ['2027-03-01T00:00:00Z', '2027-06-01T00:00:00Z'] as const;
/** Mondays at 9 in Berlin. */
const SERIES = {
  start: '2027-03-01T09:00:00',
  duration: 'PT1H',
  time_zone: BERLIN,
  recurrence: { rrule: 'FREQ=WEEKLY;COUNT=10' },
};
const FIRST = '2027-03-01T08:00:00Z';
const THIRD = '2027-03-15T08:00:00Z';

/** What dividing a series keeps, in every store. */
export function describeSeriesSplits(name: string, open: OpenStores): void {
  describe(`this and following: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should divide COUNT, link both halves and give them one revision', async () => {
      const series = await service.create(SERIES);

      const tail = await service.updateOccurrence(series.id, THIRD, 'following', { title: 'From now on' });

      const head = await service.get(series.id);
      expect(head).toMatchObject({
        title: 'Series',
        recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' },
        continued_by: tail.id,
        continues: null,
        sequence: 1,
      });
      expect(tail).toMatchObject({
        title: 'From now on',
        start: '2027-03-15T09:00:00+01:00',
        end: '2027-03-15T10:00:00+01:00',
        recurrence: { rrule: 'FREQ=WEEKLY;COUNT=8' },
        recurrence_id: null,
        continues: series.id,
        continued_by: null,
        sequence: 0,
        etag: head.etag,
      });
      expect(await service.get(tail.id)).toEqual(tail);
      expect(tail.uid).toBe(tail.id);
      expect(await service.list(...SPRING)).toHaveLength(10);
      await service.update(series.id, { title: 'Head' });
      await service.update(tail.id, { title: 'Tail' });
    });

    it('should take a rule that is said for what follows as it is written', async () => {
      const { id } = await service.create(SERIES);

      const tail = await service.updateOccurrence(id, THIRD, 'following', {
        recurrence: { rrule: 'FREQ=WEEKLY;COUNT=10' },
      });

      expect((await service.get(id)).recurrence?.rrule).toBe('FREQ=WEEKLY;COUNT=2');
      expect(tail.recurrence?.rrule).toBe('FREQ=WEEKLY;COUNT=10');
      expect(await service.list(...SPRING)).toHaveLength(12);
    });

    it('should divide what was left out, added and changed', async () => {
      const { id } = await service.create({
        ...SERIES,
        recurrence: {
          rrule: 'FREQ=WEEKLY;COUNT=10',
          exdates: ['2027-03-08T09:00:00', '2027-03-22T09:00:00'],
          rdates: ['2027-03-03T09:00:00', '2027-03-31T09:00:00'],
        },
      });
      await service.updateOccurrence(id, '2027-03-03T08:00:00Z', 'this', { title: 'Early' });
      await service.updateOccurrence(id, '2027-04-05T07:00:00Z', 'this', { title: 'Late' });

      const tail = await service.updateOccurrence(id, THIRD, 'following', {
        start: '2027-03-15T11:00:00',
        duration: 'PT30M',
      });

      expect((await service.get(id)).recurrence).toEqual({
        rrule: 'FREQ=WEEKLY;COUNT=2',
        exdates: ['2027-03-08T09:00:00+01:00'],
        rdates: ['2027-03-03T09:00:00+01:00'],
      });
      expect(tail.recurrence).toEqual({
        rrule: 'FREQ=WEEKLY;COUNT=8',
        exdates: ['2027-03-22T11:00:00+01:00'],
        rdates: ['2027-03-31T11:00:00+02:00'],
      });
      const listed = await service.list(...SPRING);
      expect(listed.slice(0, 6).map(({ start, title }) => `${start} ${title}`)).toEqual([
        '2027-03-01T09:00:00+01:00 Series',
        '2027-03-03T09:00:00+01:00 Early',
        '2027-03-15T11:00:00+01:00 Series',
        '2027-03-29T11:00:00+02:00 Series',
        '2027-03-31T11:00:00+02:00 Series',
        '2027-04-05T11:00:00+02:00 Late',
      ]);
    });

    it('should change the whole series at its first occurrence', async () => {
      const { id } = await service.create(SERIES);

      const same = await service.updateOccurrence(id, FIRST, 'following', { title: 'All' });

      expect(same).toMatchObject({ id, continued_by: null, recurrence: { rrule: 'FREQ=WEEKLY;COUNT=10' } });
      expect((await service.list(...SPRING)).map(({ title }) => title)).toEqual(Array(10).fill('All'));
    });

    it('should begin anew at the first occurrence that is left', async () => {
      const { id } = await service.create(SERIES);
      await service.deleteOccurrence(id, FIRST, 'this');

      const same = await service.updateOccurrence(id, '2027-03-08T08:00:00Z', 'following', {
        start: '2027-03-09T10:00:00',
        duration: 'PT1H',
      });

      expect(same).toMatchObject({ id, recurrence: { rrule: 'FREQ=WEEKLY;COUNT=9', exdates: [] } });
      expect((await service.starts(...SPRING)).slice(0, 2)).toEqual([
        '2027-03-09T10:00:00+01:00',
        '2027-03-16T10:00:00+01:00',
      ]);
    });

    it('should give way to the patch where the occurrence itself was changed', async () => {
      const { id } = await service.create(SERIES);
      await service.updateOccurrence(id, THIRD, 'this', {
        title: 'Mine',
        location: 'Kept',
        start: '2027-03-16T09:00:00',
        duration: 'PT1H',
      });

      const tail = await service.updateOccurrence(id, THIRD, 'following', { title: 'Theirs' });

      expect((await service.list(...SPRING))[2]).toMatchObject({
        event_id: tail.id,
        title: 'Theirs',
        location: 'Kept',
        start: '2027-03-16T09:00:00+01:00',
      });
    });

    it.each([
      [
        'a month end that SKIP moves',
        '2027-01-31',
        'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD',
        '2027-02-28',
      ],
      ['every other week', '2027-01-04', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE', '2027-01-20'],
      [
        'the last workday',
        '2027-01-29',
        'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=8',
        '2027-04-30',
      ],
      ['a birthday on a leap day', '2028-02-29', 'FREQ=YEARLY', '2036-02-29'],
      ['UNTIL', '2027-01-01', 'FREQ=DAILY;UNTIL=20270301', '2027-02-01'],
    ])('should go on with the same dates: %s', async (_, start, rrule, at) => {
      const { id } = await service.create({
        title: 'Dates',
        start,
        all_day: true,
        time_zone: BERLIN,
        recurrence: { rrule },
      });
      const period = ['2027-01-01T00:00:00Z', '2060-01-01T00:00:00Z'] as const;
      const before = await service.starts(...period);

      await service.updateOccurrence(id, at, 'following', { title: 'Renamed' });

      expect(await service.starts(...period)).toEqual(before);
      const titles = new Map((await service.list(...period)).map((one) => [one.start, one.title]));
      expect([...titles].filter(([, title]) => title === 'Renamed').map(([date]) => date)).toEqual(
        before.filter((date) => date >= at),
      );
    });

    it('should go on with the same times from an occurrence that a clock change moved', async () => {
      const { id } = await service.create({
        ...SERIES,
        start: '2027-03-25T02:30:00',
        duration: 'PT20M',
        recurrence: { rrule: 'FREQ=DAILY' },
      });
      const before = await service.starts(...SPRING);
      expect(before.slice(2, 5)).toEqual([
        '2027-03-27T02:30:00+01:00',
        '2027-03-28T03:30:00+02:00',
        '2027-03-29T02:30:00+02:00',
      ]);

      await service.updateOccurrence(id, '2027-03-28T01:30:00Z', 'following', { title: 'Renamed' });

      expect(await service.starts(...SPRING)).toEqual(before);
    });

    it('should keep left out what a clock change moved, when the series moves', async () => {
      const { id } = await service.create({
        ...SERIES,
        start: '2027-03-25T02:30:00',
        duration: 'PT20M',
        recurrence: { rrule: 'FREQ=DAILY;COUNT=6' },
      });
      await service.deleteOccurrence(id, '2027-03-28T01:30:00Z', 'this');

      await service.update(id, { start: '2027-03-25T04:30:00', duration: 'PT20M' });

      expect((await service.starts(...SPRING)).map((start) => start.slice(8, 10))).toEqual([
        '25',
        '26',
        '27',
        '29',
        '30',
      ]);
    });

    it('should refuse to go on from a date that the rule does not make, and change nothing', async () => {
      const series = await service.create({
        ...SERIES,
        recurrence: { rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=8', rdates: ['2027-03-10T09:00:00'] },
      });

      await expect(
        service.updateOccurrence(series.id, '2027-03-10T08:00:00Z', 'following', { title: 'No' }),
      ).rejects.toMatchObject({ code: 'invalid_event', violations: [{ field: 'recurrence.rrule' }] });

      expect(await service.get(series.id)).toEqual(series);
    });

    it('should write both halves or none', async () => {
      const series = await service.create(SERIES);
      await service.create({ title: 'Wall', start: '2027-04-12T09:30:00Z', duration: 'PT1H' });
      const before = await service.list(...SPRING);

      await expect(
        service.updateOccurrence(series.id, THIRD, 'following', {
          start: '2027-03-15T11:00:00',
          duration: 'PT1H',
        }),
      ).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ start: '2027-04-12T09:30:00Z' }] });

      expect(await service.get(series.id)).toEqual(series);
      expect(await service.list(...SPRING)).toEqual(before);
    });

    it('should let the tail move onto times that the series itself leaves', async () => {
      const { id } = await service.create({ ...SERIES, recurrence: { rrule: 'FREQ=WEEKLY' } });

      await service.updateOccurrence(id, THIRD, 'following', {
        start: '2027-03-15T09:30:00',
        duration: 'PT1H',
      });

      expect(await service.starts('2090-01-01T00:00:00Z', '2090-01-10T00:00:00Z')).toEqual([
        '2090-01-02T09:30:00+01:00',
        '2090-01-09T09:30:00+01:00',
      ]);
    });

    it('should divide an endless series also far beyond its rows', async () => {
      const { id } = await service.create({ ...SERIES, recurrence: { rrule: 'FREQ=WEEKLY' } });
      await service.updateOccurrence(id, '2040-01-09T08:00:00Z', 'this', { title: 'Special' });

      const tail = await service.updateOccurrence(id, '2040-01-02T08:00:00Z', 'following', {
        title: 'Later',
        recurrence: { rrule: 'FREQ=WEEKLY;INTERVAL=2' },
      });

      expect((await service.get(id)).recurrence?.rrule).toBe('FREQ=WEEKLY;UNTIL=20400102T075959Z');
      expect(tail.dropped_overrides).toEqual(['2040-01-09T08:00:00Z']);
      expect(
        (await service.list('2039-12-20T00:00:00Z', '2040-02-01T00:00:00Z')).map(
          ({ start, title }) => `${start.slice(0, 10)} ${title}`,
        ),
      ).toEqual(['2039-12-26 Series', '2040-01-02 Later', '2040-01-16 Later', '2040-01-30 Later']);
    });

    it('should delete an occurrence and all that follow', async () => {
      const { id } = await service.create({ ...SERIES, recurrence: { rrule: 'FREQ=WEEKLY' } });
      await service.updateOccurrence(id, '2040-01-09T08:00:00Z', 'this', { title: 'Special' });

      await service.deleteOccurrence(id, THIRD, 'following');

      expect(await service.starts('2027-01-01T00:00:00Z', '2060-01-01T00:00:00Z')).toHaveLength(2);
      await service.deleteOccurrence(id, FIRST, 'following');
      await expect(service.get(id)).rejects.toMatchObject({ code: 'event_not_found' });
    });

    it('should honour the etag of the event', async () => {
      const series = await service.create(SERIES);
      await service.updateOccurrence(series.id, THIRD, 'this', { etag: series.etag, title: 'Second' });

      await expect(
        service.updateOccurrence(series.id, THIRD, 'this', { etag: series.etag, title: 'Third' }),
      ).rejects.toMatchObject({ code: 'stale_event' });
      await expect(
        service.updateOccurrence(series.id, THIRD, 'following', { etag: series.etag, title: 'Third' }),
      ).rejects.toMatchObject({ code: 'stale_event' });
    });
  });
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarId } from '../src/calendar/calendar.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const BERLIN = 'Europe/Berlin';
const MARCH = ['2027-03-01T00:00:00Z', '2027-04-20T00:00:00Z'] as const;
/** Mondays around the clock change of 28 March 2027, at 9 in Berlin. */
const SERIES = {
  start: '2027-03-01T09:00:00',
  duration: 'PT1H',
  time_zone: BERLIN,
  recurrence: { rrule: 'FREQ=WEEKLY;COUNT=6' },
};
const [, SECOND, THIRD, FOURTH, FIFTH, SIXTH] = [
  '2027-03-01T08:00:00Z',
  '2027-03-08T08:00:00Z',
  '2027-03-15T08:00:00Z',
  '2027-03-22T08:00:00Z',
  '2027-03-29T07:00:00Z',
  '2027-04-05T07:00:00Z',
] as const;

/** What changing series keeps, in every store. */
export function describeSeriesEdits(name: string, open: OpenStores): void {
  describe(`changes of series: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    describe('an occurrence that a clock change moved', () => {
      const NIGHTLY = {
        start: '2027-03-26T02:30:00',
        duration: 'PT30M',
        time_zone: BERLIN,
        recurrence: { rrule: 'FREQ=DAILY;COUNT=5' },
      };
      const MOVED = '2027-03-28T01:30:00Z';

      it('should stay left out where the event is written back as it was read, and then moved', async () => {
        const { id } = await service.create(NIGHTLY);
        await service.deleteOccurrence(id, MOVED, 'this');
        const read = await service.get(id);

        expect(await service.update(id, { recurrence: read.recurrence })).toEqual(read);

        await service.update(id, { start: '2027-03-26T06:00:00', duration: 'PT30M' });
        expect(await service.starts(...MARCH)).toEqual([
          '2027-03-26T06:00:00+01:00',
          '2027-03-27T06:00:00+01:00',
          '2027-03-29T06:00:00+02:00',
          '2027-03-30T06:00:00+02:00',
        ]);
      });
    });

    describe('one occurrence', () => {
      it('should be changed, answered, listed and got as an event of its own', async () => {
        const series = await service.create({ ...SERIES, location: 'Room 1', notify_before: ['PT15M'] });

        const changed = await service.updateOccurrence(series.id, THIRD, 'this', {
          title: 'Moved',
          start: '2027-03-16T14:00:00',
          duration: 'PT2H',
        });

        expect(changed).toMatchObject({
          id: series.id,
          recurrence_id: THIRD,
          recurrence: null,
          title: 'Moved',
          location: 'Room 1',
          notify_before: ['PT15M'],
          start: '2027-03-16T14:00:00+01:00',
          end: '2027-03-16T16:00:00+01:00',
          sequence: 1,
        });
        expect(changed.etag).not.toBe(series.etag);
        expect(await service.getOccurrence(series.id, THIRD)).toEqual(changed);
        expect(await service.getOccurrence(series.id, '2027-03-15T10:00:00+02:00')).toEqual(changed);
        expect(await service.get(series.id)).toMatchObject({
          title: 'Series',
          recurrence: series.recurrence,
        });
        expect((await service.list(...MARCH))[2]).toMatchObject({
          recurrence_id: THIRD,
          title: 'Moved',
          start: '2027-03-16T14:00:00+01:00',
          recurring: true,
          overridden: true,
        });
      });

      it('should have the value of the series again where it is cleared', async () => {
        const { id } = await service.create({ ...SERIES, location: 'Room 1' });
        await service.updateOccurrence(id, SECOND, 'this', {
          title: 'Other',
          location: 'Room 2',
          start: '2027-03-08T11:00:00',
          end: '2027-03-08T12:00:00',
        });

        const half = await service.updateOccurrence(id, SECOND, 'this', { title: null, location: null });
        expect(half).toMatchObject({
          title: 'Series',
          location: 'Room 1',
          start: '2027-03-08T11:00:00+01:00',
        });
        const whole = await service.updateOccurrence(id, SECOND, 'this', { start: null, end: null });
        expect(whole).toMatchObject({ start: '2027-03-08T09:00:00+01:00', end: '2027-03-08T10:00:00+01:00' });
        expect((await service.list(...MARCH)).map(({ overridden }) => overridden)).not.toContain(true);
      });

      it('should write nothing where nothing changes, also when it is sent back as it was got', async () => {
        const { id } = await service.create(SERIES);
        const got = await service.updateOccurrence(id, SECOND, 'this', { title: 'Other' });

        const again = await service.updateOccurrence(id, SECOND, 'this', got);

        expect(again).toEqual(got);
      });

      it('should be free or busy on its own', async () => {
        const { id } = await service.create(SERIES);
        await service.updateOccurrence(id, SECOND, 'this', { busy: false });

        await service.create({ title: 'Instead', start: SECOND, duration: 'PT1H' });

        await expect(service.updateOccurrence(id, SECOND, 'this', { busy: null })).rejects.toMatchObject({
          code: 'date_busy',
        });
        expect(await service.busy('2027-03-08T00:00:00Z', '2027-03-09T00:00:00Z')).toEqual([
          '2027-03-08T08:00:00Z/2027-03-08T09:00:00Z',
        ]);
      });

      it('should refuse a taken time, of others and of its own series, and change nothing', async () => {
        const series = await service.create(SERIES);
        const other = await service.create({
          title: 'Other',
          start: '2027-03-10T09:00:00Z',
          duration: 'PT1H',
        });
        const move = (start: string) =>
          service.updateOccurrence(series.id, SECOND, 'this', { start, duration: 'PT1H' });

        await expect(move('2027-03-10T09:59:59Z')).rejects.toMatchObject({
          conflicts: [{ eventId: other.id }],
        });
        await expect(move('2027-03-15T08:30:00Z')).rejects.toMatchObject({
          conflicts: [{ eventId: series.id, recurrenceId: THIRD }],
        });
        expect(await service.get(series.id)).toEqual(series);
        await expect(service.list(...MARCH)).resolves.toMatchObject([
          {},
          { overridden: false },
          {},
          {},
          {},
          {},
          {},
        ]);
      });

      it('should refuse what makes the series one, and name it', async () => {
        const { id } = await service.create(SERIES);

        await expect(
          service.updateOccurrence(id, SECOND, 'this', {
            all_day: true,
            time_zone: 'Asia/Tokyo',
            recurrence: { rrule: 'FREQ=DAILY' },
          }),
        ).rejects.toMatchObject({
          code: 'invalid_event',
          violations: [{ field: 'all_day' }, { field: 'time_zone' }, { field: 'recurrence' }],
        });
      });

      it('should move on dates in an all-day series', async () => {
        const { id } = await service.create({
          start: '2027-03-01',
          all_day: true,
          time_zone: BERLIN,
          recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
        });

        await service.updateOccurrence(id, '2027-03-08', 'this', { start: '2027-03-10', end: '2027-03-12' });

        expect(await service.list(...MARCH)).toMatchObject([
          { recurrence_id: '2027-03-01' },
          { recurrence_id: '2027-03-08', start: '2027-03-10', end: '2027-03-12' },
          { recurrence_id: '2027-03-15' },
        ]);
      });

      it.each([
        ['a time that the series does not have', '2027-03-08T08:00:01Z'],
        ['a date', '2027-03-08'],
      ])('should not be found by %s', async (_, recurrenceId) => {
        const { id } = await service.create(SERIES);
        const error = { code: 'occurrence_not_found' };

        await expect(service.getOccurrence(id, recurrenceId)).rejects.toMatchObject(error);
        await expect(service.updateOccurrence(id, recurrenceId, 'this', {})).rejects.toMatchObject(error);
        await expect(service.deleteOccurrence(id, recurrenceId, 'following')).rejects.toMatchObject(error);
      });

      it.each([
        ['nothing of the kind', 'tomorrow'],
        ['a local time', '2027-03-08T09:00:00'],
        ['30 February', '2027-02-30'],
        ['nothing', ''],
      ])('should be told apart from %s, which is refused with what is allowed', async (_, recurrenceId) => {
        const { id } = await service.create(SERIES);
        const error = {
          code: 'invalid_request',
          violations: [
            {
              field: 'recurrence_id',
              description: expect.stringMatching(
                /^'.*' is no recurrence id; allowed is .*Z, or .* a date/,
              ) as string,
            },
          ],
        };

        await expect(service.getOccurrence(id, recurrenceId)).rejects.toMatchObject(error);
        await expect(service.updateOccurrence(id, recurrenceId, 'this', {})).rejects.toMatchObject(error);
        await expect(service.deleteOccurrence(id, recurrenceId, 'following')).rejects.toMatchObject(error);
      });

      it('should be the event itself where that does not repeat', async () => {
        const once = await service.create({ title: 'Once', start: SECOND, duration: 'PT1H' });

        const changed = await service.updateOccurrence(once.id, SECOND, 'this', { title: 'Changed' });

        expect(changed).toMatchObject({ id: once.id, title: 'Changed', recurrence_id: SECOND });
        expect((await service.get(once.id)).title).toBe('Changed');
        await service.deleteOccurrence(once.id, SECOND, 'this');
        await expect(service.get(once.id)).rejects.toMatchObject({ code: 'event_not_found' });
      });

      it('should be deleted once, by an EXDATE, with what was changed of it', async () => {
        const { id } = await service.create(SERIES);
        await service.updateOccurrence(id, FIFTH, 'this', { start: '2027-03-30T09:00:00', duration: 'PT1H' });

        await service.deleteOccurrence(id, FIFTH, 'this');

        expect((await service.get(id)).recurrence).toEqual({
          rrule: 'FREQ=WEEKLY;COUNT=6',
          exdates: ['2027-03-29T09:00:00+02:00'],
          rdates: [],
        });
        expect(await service.list(...MARCH)).toHaveLength(5);
        await expect(service.deleteOccurrence(id, FIFTH, 'this')).rejects.toMatchObject({
          code: 'occurrence_not_found',
        });
      });

      it('should take the event along where it was the last', async () => {
        const event = await service.create({ ...SERIES, recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' } });
        await service.deleteOccurrence(event.id, '2027-03-01T08:00:00Z', 'this');

        await service.deleteOccurrence(event.id, SECOND, 'this');

        await expect(service.get(event.id)).rejects.toMatchObject({ code: 'event_not_found' });
        expect(await stores.listTombstones(event.calendar_id as CalendarId)).toMatchObject([
          { eventId: event.id, revision: 3 },
        ]);
      });
    });

    describe('the whole series', () => {
      it('should keep what was left out and what was changed when it moves by an hour', async () => {
        const { id } = await service.create(SERIES);
        await service.deleteOccurrence(id, SECOND, 'this');
        await service.updateOccurrence(id, FOURTH, 'this', { title: 'Special' });
        await service.updateOccurrence(id, FIFTH, 'this', { start: '2027-03-30T14:00:00', duration: 'PT1H' });

        const moved = await service.update(id, { start: '2027-03-01T10:00:00', duration: 'PT1H' });

        expect(moved).toMatchObject({
          recurrence: { exdates: ['2027-03-08T10:00:00+01:00'] },
          dropped_overrides: [],
        });
        expect((await service.list(...MARCH)).map(({ start, title }) => [start, title])).toEqual([
          ['2027-03-01T10:00:00+01:00', 'Series'],
          ['2027-03-15T10:00:00+01:00', 'Series'],
          ['2027-03-22T10:00:00+01:00', 'Special'],
          ['2027-03-30T14:00:00+02:00', 'Series'],
          ['2027-04-05T10:00:00+02:00', 'Series'],
        ]);
      });

      it('should move its end with it', async () => {
        const { id } = await service.create({
          ...SERIES,
          recurrence: { rrule: 'FREQ=WEEKLY;UNTIL=20270405T070000Z' },
        });

        const moved = await service.update(id, { start: '2027-03-02T22:00:00', duration: 'PT1H' });

        expect(moved.recurrence?.rrule).toBe('FREQ=WEEKLY;UNTIL=20270406T200000Z');
        expect(await service.starts(...MARCH)).toHaveLength(6);
      });

      it('should move times of their own by days, but not by hours', async () => {
        const { id } = await service.create(SERIES);
        await service.updateOccurrence(id, SECOND, 'this', {
          start: '2027-03-09T14:00:00',
          duration: 'PT1H',
        });

        await service.update(id, { start: '2027-03-03T08:00:00', duration: 'PT1H' });

        expect((await service.starts(...MARCH)).slice(0, 3)).toEqual([
          '2027-03-03T08:00:00+01:00',
          '2027-03-11T14:00:00+01:00',
          '2027-03-17T08:00:00+01:00',
        ]);
      });

      it('should name the changed occurrences that it has no more', async () => {
        const { id } = await service.create(SERIES);
        await service.updateOccurrence(id, SECOND, 'this', { title: 'Kept' });
        await service.updateOccurrence(id, SIXTH, 'this', { title: 'Dropped' });

        const shorter = await service.update(id, { recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' } });

        expect(shorter.dropped_overrides).toEqual([SIXTH]);
        expect((await service.list(...MARCH)).map(({ title }) => title)).toEqual([
          'Series',
          'Kept',
          'Series',
        ]);
        expect((await service.get(id)).dropped_overrides).toEqual([]);
      });

      it('should merge the recurrence member by member, and end it with null', async () => {
        const { id } = await service.create(SERIES);

        const left = await service.update(id, { recurrence: { exdates: ['2027-03-08T09:00:00'] } });
        expect(left.recurrence).toEqual({
          rrule: 'FREQ=WEEKLY;COUNT=6',
          exdates: ['2027-03-08T09:00:00+01:00'],
          rdates: [],
        });
        const once = await service.update(id, { recurrence: null });
        expect(once.recurrence).toBeNull();
        expect(await service.list(...MARCH)).toMatchObject([{ recurring: false }]);
        const daily = await service.update(id, { recurrence: { rrule: 'FREQ=DAILY' } });
        expect(daily.recurrence?.rrule).toBe('FREQ=DAILY');
        expect(await service.starts('2099-03-01T00:00:00Z', '2099-03-03T00:00:00Z')).toHaveLength(2);
      });

      it('should move between times and dates', async () => {
        const { id } = await service.create({
          ...SERIES,
          recurrence: { rrule: 'FREQ=WEEKLY;UNTIL=20270405T070000Z', exdates: ['2027-03-08T09:00:00'] },
        });
        await service.updateOccurrence(id, THIRD, 'this', { title: 'Special' });

        const dates = await service.update(id, { all_day: true, start: '2027-03-01', end: '2027-03-02' });

        expect(dates.recurrence).toEqual({
          rrule: 'FREQ=WEEKLY;UNTIL=20270405',
          exdates: ['2027-03-08'],
          rdates: [],
        });
        expect((await service.list(...MARCH)).map(({ start, title }) => `${start} ${title}`)).toEqual([
          '2027-03-01 Series',
          '2027-03-15 Special',
          '2027-03-22 Series',
          '2027-03-29 Series',
          '2027-04-05 Series',
        ]);
        const times = await service.update(id, {
          all_day: false,
          start: '2027-03-01T09:00:00',
          end: '2027-03-01T10:00:00',
        });
        expect(times.recurrence).toEqual({
          rrule: 'FREQ=WEEKLY;UNTIL=20270405T070000Z',
          exdates: ['2027-03-08T09:00:00+01:00'],
          rdates: [],
        });
      });

      it('should take nothing away where a change is refused', async () => {
        const series = await service.create(SERIES);
        await service.updateOccurrence(series.id, SECOND, 'this', { title: 'Special' });
        await service.create({ title: 'Wall', start: '2027-04-05T08:30:00Z', duration: 'PT1H' });
        const before = [await service.get(series.id), await service.list(...MARCH)];

        await expect(
          service.update(series.id, { start: '2027-03-01T10:00:00', duration: 'PT1H' }),
        ).rejects.toMatchObject({ code: 'date_busy' });

        expect([await service.get(series.id), await service.list(...MARCH)]).toEqual(before);
      });
    });
  });
}

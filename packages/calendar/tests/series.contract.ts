import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const BERLIN = 'Europe/Berlin';
const YEAR = ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'] as const;
/** Mondays from 4 January 2027 on, at 9 in Berlin, for an hour. */
const WEEKLY = { start: '2027-01-04T09:00:00', duration: 'PT1H', time_zone: BERLIN };

/** What every store keeps of series, as the use cases show it. */
export function describeSeries(name: string, open: OpenStores): void {
  describe(`series: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    describe('creating', () => {
      it('should answer the rule in its canonical form and the dates in the zone', async () => {
        const event = await service.create({
          ...WEEKLY,
          recurrence: {
            rrule: 'count=10;freq=weekly',
            exdates: ['2027-01-18T08:00:00Z', '2027-01-11T09:00:00'],
            rdates: ['2027-07-06T09:00:00+02:00'],
          },
        });

        expect(event.recurrence).toEqual({
          rrule: 'FREQ=WEEKLY;COUNT=10',
          exdates: ['2027-01-11T09:00:00+01:00', '2027-01-18T09:00:00+01:00'],
          rdates: ['2027-07-06T09:00:00+02:00'],
        });
        expect(await service.get(event.id)).toEqual(event);
        expect(await service.starts(...YEAR)).toEqual([
          '2027-01-04T09:00:00+01:00',
          ...[25, 32, 39, 46, 53, 60, 67].map(
            (day) => `${new Date(Date.UTC(2027, 0, day)).toISOString().slice(0, 10)}T09:00:00+01:00`,
          ),
          '2027-07-06T09:00:00+02:00',
        ]);
      });

      it('should begin with DTSTART also where the rule does not make it', async () => {
        await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=3' } });

        expect(await service.starts(...YEAR)).toEqual([
          '2027-01-04T09:00:00+01:00',
          '2027-01-06T09:00:00+01:00',
          '2027-01-13T09:00:00+01:00',
        ]);
      });

      it('should repeat on dates alone', async () => {
        const event = await service.create({
          title: 'Off',
          start: '2027-05-01',
          all_day: true,
          recurrence: { rdates: ['2027-12-25', '2027-10-03'] },
        });

        expect(event.recurrence).toEqual({ rrule: '', exdates: [], rdates: ['2027-10-03', '2027-12-25'] });
        expect(await service.list(...YEAR)).toMatchObject([
          { start: '2027-05-01', end: '2027-05-02', recurrence_id: '2027-05-01', recurring: true },
          { start: '2027-10-03', end: '2027-10-04', recurrence_id: '2027-10-03' },
          { start: '2027-12-25', end: '2027-12-26', recurrence_id: '2027-12-25', overridden: false },
        ]);
      });

      it.each([
        [
          'more than 5,000 occurrences',
          { rrule: 'FREQ=DAILY;COUNT=5001' },
          'about 5001 occurrences; allowed',
        ],
        ['thousands of millions', { rrule: 'FREQ=SECONDLY' }, 'in two years (it has no end)'],
        [
          'the last days of months until the year 9999',
          { rrule: 'FREQ=DAILY;BYMONTHDAY=-1;COUNT=1000000000' },
          'makes about 95677 occurrences; allowed are 1 to 5000',
        ],
        [
          'what takes long to count',
          { rrule: 'FREQ=MINUTELY;INTERVAL=1439;BYMONTHDAY=31;BYDAY=SU;COUNT=1000000000' },
          'makes more than 5000 occurrences; allowed are 1 to 5000',
        ],
        [
          'what takes long to find',
          { rrule: 'FREQ=DAILY;INTERVAL=31;BYMONTHDAY=-12,1;COUNT=1000000000' },
          'takes too long to work out; allowed are simpler rules, or fewer occurrences',
        ],
        ['an endless rule of hours', { rrule: 'FREQ=HOURLY' }, 'allowed are 1 to 5000'],
        ['UNTIL of another kind', { rrule: 'FREQ=DAILY;UNTIL=20270630' }, 'UNTIL must be a UTC time'],
        [
          'an end before the start',
          { rrule: 'FREQ=DAILY;UNTIL=20270104T075959Z' },
          "UNTIL=20270104T075959Z is before the start '2027-01-04T09:00:00+01:00'; allowed is the start or later",
        ],
      ])('should refuse %s', async (_, recurrence, reason) => {
        await expect(service.create({ ...WEEKLY, duration: 'PT1S', recurrence })).rejects.toMatchObject({
          code: 'invalid_event',
          violations: [{ field: 'recurrence.rrule', description: expect.stringContaining(reason) as string }],
        });
      });

      it('should refuse a series of which nothing is left, and a date before it begins', async () => {
        const nothing = {
          rrule: 'FREQ=DAILY;COUNT=2',
          exdates: ['2027-01-04T09:00:00', '2027-01-05T09:00:00'],
        };
        await expect(service.create({ ...WEEKLY, recurrence: nothing })).rejects.toMatchObject({
          violations: [{ field: 'recurrence' }],
        });
        const early = { rrule: 'FREQ=DAILY;COUNT=2', rdates: ['2027-01-03T09:00:00'] };
        await expect(service.create({ ...WEEKLY, recurrence: early })).rejects.toMatchObject({
          violations: [{ field: 'recurrence.rdates' }],
        });
        expect(await service.starts(...YEAR)).toEqual([]);
      });

      it('should take an end with the start, and refuse dates that end before they begin', async () => {
        await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=DAILY;UNTIL=20270104T080000Z' } });
        expect(await service.starts(...YEAR)).toEqual(['2027-01-04T09:00:00+01:00']);

        const dates = {
          start: '2027-05-01',
          all_day: true,
          recurrence: { rrule: 'FREQ=DAILY;UNTIL=20270430' },
        };
        await expect(service.create(dates)).rejects.toMatchObject({
          violations: [
            { field: 'recurrence.rrule', description: expect.stringContaining("'2027-05-01'") as string },
          ],
        });
      });

      it('should be idempotent by a given id, and tell other content', async () => {
        const id = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
        const input = { ...WEEKLY, id, recurrence: { rrule: 'FREQ=WEEKLY' } };
        const first = await service.create(input);

        expect(await service.create(input)).toEqual(first);
        await expect(service.create({ ...input, recurrence: { rrule: 'FREQ=DAILY' } })).rejects.toMatchObject(
          { code: 'event_exists' },
        );
      });

      it('should count what is left of a rule, not what it would make', async () => {
        const days = Array.from({ length: 1_000 }, (_, day) => new Date(Date.UTC(2027, 0, 5 + day)));
        const exdates = days.map((day) => `${day.toISOString().slice(0, 10)}T09:00:00`);
        await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=DAILY;COUNT=6000', exdates } });

        expect(await service.starts('2027-01-01T00:00:00Z', '2029-10-03T00:00:00Z')).toEqual([
          '2027-01-04T09:00:00+01:00',
          '2029-10-01T09:00:00+02:00',
          '2029-10-02T09:00:00+02:00',
        ]);
      });

      it('should take 5,000 occurrences: the limit itself is allowed', async () => {
        await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=DAILY;COUNT=5000' } });

        const last = await service.starts('2040-09-11T00:00:00Z', '2041-01-01T00:00:00Z');
        expect(last).toEqual(['2040-09-11T09:00:00+02:00']);
      });
    });

    describe('beyond the horizon', () => {
      it('should list the year 2500 and the year 9999 as next year', async () => {
        const { id } = await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=WEEKLY' } });

        expect(await service.list('2500-01-01T00:00:00Z', '2500-01-10T00:00:00Z')).toMatchObject([
          {
            event_id: id,
            recurrence_id: '2500-01-04T08:00:00Z',
            start: '2500-01-04T09:00:00+01:00',
            end: '2500-01-04T10:00:00+01:00',
            recurring: true,
            overridden: false,
          },
        ]);
        expect(await service.starts('9999-12-20T00:00:00Z', '9999-12-31T23:59:59Z')).toEqual([
          '9999-12-20T09:00:00+01:00',
          '9999-12-27T09:00:00+01:00',
        ]);
      });

      it('should page over the horizon without losing or doubling any', async () => {
        await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=WEEKLY' } });
        await service.create({
          ...WEEKLY,
          start: '2027-01-05T09:00:00',
          recurrence: { rrule: 'FREQ=WEEKLY' },
        });
        await service.create({ ...WEEKLY, start: '2029-01-03T09:00:00', title: 'Once' });

        const period = ['2028-06-01T00:00:00Z', '2029-06-01T00:00:00Z'] as const;
        const whole = await service.list(...period);
        expect(whole).toHaveLength(53 + 52);
        expect(whole.map(({ start }) => start)).toEqual(whole.map(({ start }) => start).toSorted());
        for (const size of [1, 7, 50]) expect(await service.list(...period, size)).toEqual(whole);
      });

      it('should merge what is busy on both sides of the horizon', async () => {
        const day = { start: '2026-11-02T22:00:00Z', duration: 'PT2H', recurrence: { rrule: 'FREQ=DAILY' } };
        await service.create(day);
        await service.create({ ...day, start: '2026-11-02T20:00:00Z', title: 'Before' });
        await service.create({ ...day, start: '2026-11-02T02:00:00Z', title: 'Free', busy: false });

        const busy = await service.busy('2028-10-31T00:00:00Z', '2028-11-05T00:00:00Z');

        expect(busy).toEqual([31, 32, 33, 34, 35].map((day) => busyEvening(day)));
      });

      it('should refuse a single event on a time that a series will take, and the other way round', async () => {
        const series = await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=WEEKLY' } });
        const once = { title: 'Once', start: '2100-01-04T09:30:00', duration: 'PT1H', time_zone: BERLIN };

        await expect(service.create(once)).rejects.toMatchObject({
          code: 'date_busy',
          conflicts: [
            {
              eventId: series.id,
              recurrenceId: '2100-01-04T08:00:00Z',
              start: '2100-01-04T09:00:00+01:00',
              end: '2100-01-04T10:00:00+01:00',
            },
          ],
        });
        const tuesday = await service.create({ ...once, start: '2100-01-05T09:30:00' });
        await expect(
          service.create({ ...WEEKLY, start: '2027-01-05T09:00:00', recurrence: { rrule: 'FREQ=WEEKLY' } }),
        ).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ eventId: tuesday.id }] });
        await expect(service.update(tuesday.id, { start: '2100-01-04T08:30:00' })).rejects.toMatchObject({
          conflicts: [{ eventId: series.id }],
        });
        expect(await service.starts('2100-01-01T00:00:00Z', '2100-01-08T00:00:00Z')).toHaveLength(2);
      });

      it('should refuse an added date on a time that its own rule takes, however far ahead', async () => {
        const daily = { ...WEEKLY, recurrence: { rrule: 'FREQ=DAILY', rdates: ['2100-01-01T09:30:00'] } };
        await expect(service.create(daily)).rejects.toMatchObject({
          code: 'date_busy',
          conflicts: [{ start: '2100-01-01T09:00:00+01:00' }],
        });

        const hidden = { ...daily.recurrence, exdates: ['2100-01-01T09:00:00'] };
        const { id } = await service.create({ ...daily, recurrence: hidden });

        await expect(service.update(id, { recurrence: { exdates: [] } })).rejects.toMatchObject({
          code: 'date_busy',
        });
        expect(await service.starts('2100-01-01T00:00:00Z', '2100-01-02T00:00:00Z')).toEqual([
          '2100-01-01T09:30:00+01:00',
        ]);
      });

      it('should keep what was changed of an occurrence far ahead', async () => {
        const { id } = await service.create({ ...WEEKLY, recurrence: { rrule: 'FREQ=WEEKLY' } });
        const far = '2100-01-04T08:00:00Z';
        await service.updateOccurrence(id, far, 'this', {
          title: 'Moved',
          start: '2100-01-05T14:00:00',
          end: '2100-01-05T15:00:00',
        });

        expect(await service.list('2100-01-01T00:00:00Z', '2100-01-12T00:00:00Z')).toMatchObject([
          { recurrence_id: far, title: 'Moved', start: '2100-01-05T14:00:00+01:00', overridden: true },
          { recurrence_id: '2100-01-11T08:00:00Z', overridden: false },
        ]);
        const taken = { title: 'Once', duration: 'PT1H', time_zone: BERLIN };
        await expect(service.create({ ...taken, start: '2100-01-05T14:30:00' })).rejects.toMatchObject({
          code: 'date_busy',
          conflicts: [{ recurrenceId: far, start: '2100-01-05T14:00:00+01:00' }],
        });
        // The slot that it left is free, until the occurrence comes back to it.
        await service.create({ ...taken, start: '2100-01-04T09:00:00' });
        await expect(
          service.updateOccurrence(id, far, 'this', { start: null, end: null }),
        ).rejects.toMatchObject({ code: 'date_busy' });
      });

      it('should refuse what overlaps itself, also when only the distant future shows it', async () => {
        const yearly = { ...WEEKLY, duration: 'P1500D', recurrence: { rrule: 'FREQ=YEARLY;INTERVAL=4' } };

        await expect(service.create(yearly)).rejects.toMatchObject({ code: 'date_busy' });
        await service.create({ ...yearly, duration: 'P1400D' });
      });
    });
  });
}

function busyEvening(day: number): string {
  const start = new Date(Date.UTC(2028, 9, day, 20));
  const end = new Date(Date.UTC(2028, 9, day + 1));
  return `${start.toISOString().slice(0, 19)}Z/${end.toISOString().slice(0, 19)}Z`;
}

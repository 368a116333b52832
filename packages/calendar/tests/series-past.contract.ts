import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { purgeOldEvents } from '../src/reminder/purge-old-events.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const BERLIN = 'Europe/Berlin';
/** Mondays at 9 in Berlin; the present is 2 November 2026. */
const WEEKLY = {
  start: '2024-01-01T09:00:00',
  duration: 'PT1H',
  time_zone: BERLIN,
  recurrence: { rrule: 'FREQ=WEEKLY' },
};
const ALWAYS = ['2000-01-01T00:00:00Z', '2026-11-01T00:00:00Z'] as const;

/** What every store keeps of series that have gone on for long, or are to. */
export function describeSeriesPast(name: string, open: OpenStores): void {
  describe(`long series: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeEach(async () => {
      stores = await open();
      service = openService(stores);
    });
    afterEach(() => stores[Symbol.asyncDispose]());

    const purge = (now: string) =>
      purgeOldEvents({ purge: stores.purge, now: () => at(now) }, { months: 12, days: 0 });
    const today = '2026-11-02T09:30:00Z';

    describe('whose past was forgotten', () => {
      it('should not make it again, whatever is changed', async () => {
        const { id } = await service.create(WEEKLY);
        expect(await purge(today)).toMatchObject({ occurrences: 96 });
        const left = await service.starts(...ALWAYS);
        expect(left).toHaveLength(52);
        expect(left[0]).toBe('2025-11-03T09:00:00+01:00');

        await service.update(id, { title: 'Renamed' });
        await service.update(id, { busy: false });
        await service.update(id, { recurrence: { exdates: ['2026-01-05T09:00:00'] } });
        await service.update(id, { start: '2024-01-01T10:00:00', duration: 'PT1H' });
        await service.deleteOccurrence(id, '2026-11-30T09:00:00Z', 'following');

        expect(await service.starts(...ALWAYS)).toEqual(
          left.filter((start) => !start.startsWith('2026-01-05')).map((start) => start.replace('T09', 'T10')),
        );
      });

      it('should not make again the dates of an all-day series', async () => {
        const days = { start: '2024-01-01', all_day: true, time_zone: 'Pacific/Auckland' };
        const { id } = await service.create({ ...days, recurrence: { rrule: 'FREQ=DAILY' } });
        const all = await service.starts(...ALWAYS);
        const { occurrences } = await purge(today);
        const left = await service.starts(...ALWAYS);
        expect(left[0]).toMatch(/^2025-10-3|^2025-11-0/);
        expect(left).toEqual(all.slice(occurrences));

        await service.update(id, { busy: true });

        expect(await service.starts(...ALWAYS)).toEqual(left);
      });

      it('should know nothing of the occurrences that are gone', async () => {
        const { id } = await service.create(WEEKLY);
        await purge(today);
        const error = { code: 'occurrence_not_found' };
        const gone = '2025-01-06T08:00:00Z';

        await expect(service.getOccurrence(id, gone)).rejects.toMatchObject(error);
        await expect(service.updateOccurrence(id, gone, 'this', { title: 'x' })).rejects.toMatchObject(error);
        await expect(service.deleteOccurrence(id, gone, 'following')).rejects.toMatchObject(error);
      });

      it('should take the first that is left for the first', async () => {
        const { id } = await service.create(WEEKLY);
        await purge(today);
        const first = '2025-11-03T08:00:00Z';

        const whole = await service.updateOccurrence(id, first, 'following', { title: 'All' });
        expect(whole).toMatchObject({ id, continued_by: null, start: '2025-11-03T09:00:00+01:00' });

        await service.deleteOccurrence(id, first, 'following');
        await expect(service.get(id)).rejects.toMatchObject({ code: 'event_not_found' });
      });

      it('should not bring back at its old time what was moved into the past', async () => {
        const { id } = await service.create(WEEKLY);
        const moved = '2026-12-07T08:00:00Z';
        await service.updateOccurrence(id, moved, 'this', { start: '2025-01-10T09:00:00', duration: 'PT1H' });
        await purge(today);
        await service.update(id, { title: 'Renamed' });
        expect(await service.starts('2026-12-07T00:00:00Z', '2026-12-08T00:00:00Z')).toEqual([]);

        await purge('2028-01-01T00:00:00Z');
        await service.update(id, { title: 'Again' });

        expect(await service.starts('2025-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([]);
      });

      it('should keep what was moved out of it', async () => {
        const { id } = await service.create(WEEKLY);
        const old = '2025-01-06T08:00:00Z';
        await service.updateOccurrence(id, old, 'this', { start: '2026-12-09T09:00:00', duration: 'PT1H' });
        await purge(today);

        await service.update(id, { title: 'Renamed' });

        expect(await service.getOccurrence(id, old)).toMatchObject({ start: '2026-12-09T09:00:00+01:00' });
        expect(await service.list('2026-12-09T00:00:00Z', '2026-12-10T00:00:00Z')).toMatchObject([
          { recurrence_id: old, title: 'Renamed' },
        ]);
      });
    });

    describe('of more than 5,000 occurrences', () => {
      const DAILY = { ...WEEKLY, start: '2005-01-01T09:00:00', recurrence: { rrule: 'FREQ=DAILY' } };

      it('should be made with the last 5,000 of the past', async () => {
        await service.create(DAILY);

        const past = await service.starts('2000-01-01T00:00:00Z', '2026-11-02T08:30:00Z');

        expect(past).toHaveLength(5_000);
        expect(past.at(-1)).toBe('2026-11-02T09:00:00+01:00');
        expect(await service.starts('2100-01-01T00:00:00Z', '2100-01-02T00:00:00Z')).toHaveLength(1);
      });

      it('should be moved, made free, and changed in what it leaves out', async () => {
        const { id } = await service.create(DAILY);

        await service.update(id, { start: '2005-01-01T10:00:00', duration: 'PT1H' });
        await service.update(id, { busy: false });
        await service.update(id, { recurrence: { exdates: ['2026-11-05T10:00:00'] } });

        expect(await service.starts('2026-11-04T00:00:00Z', '2026-11-07T00:00:00Z')).toEqual([
          '2026-11-04T10:00:00+01:00',
          '2026-11-06T10:00:00+01:00',
        ]);
      });

      it('should end far ahead', async () => {
        const { id } = await service.create(DAILY);

        await service.deleteOccurrence(id, '2090-01-01T08:00:00Z', 'following');

        const end = ['2089-12-30T00:00:00Z', '2091-01-01T00:00:00Z'] as const;
        expect(await service.starts(...end)).toEqual([
          '2089-12-30T09:00:00+01:00',
          '2089-12-31T09:00:00+01:00',
        ]);
        await expect(
          service.create({ title: 'x', start: '2089-12-31T08:30:00Z', duration: 'PT1H' }),
        ).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ eventId: id }] });
        await service.create({ title: 'x', start: '2090-01-01T08:30:00Z', duration: 'PT1H' });
        await service.update(id, { title: 'Until then' });
        await service.update(id, { start: '2005-01-01T11:00:00', duration: 'PT1H' });
        expect(await service.starts(...end)).toEqual([
          '2089-12-30T11:00:00+01:00',
          '2089-12-31T11:00:00+01:00',
          '2090-01-01T08:30:00Z',
        ]);
      });

      it('should be divided far ahead', async () => {
        const { id } = await service.create(DAILY);

        const tail = await service.updateOccurrence(id, '2090-01-01T08:00:00Z', 'following', {
          start: '2090-01-01T09:30:00',
          duration: 'PT1H',
        });

        expect(await service.starts('2089-12-31T00:00:00Z', '2090-01-02T00:00:00Z')).toEqual([
          '2089-12-31T09:00:00+01:00',
          '2090-01-01T09:30:00+01:00',
        ]);
        expect(await service.get(id)).toMatchObject({ continued_by: tail.id });
      });

      it('should be rows alone, and over one day, when the horizon comes to its end', async () => {
        const { id } = await service.create({ ...DAILY, start: '2026-11-03T09:00:00' });
        await service.deleteOccurrence(id, '2041-01-01T08:00:00Z', 'following');
        expect(await purge('2042-06-01T00:00:00Z')).toMatchObject({ events: 0 });

        service.clock.now = at('2040-06-01T00:00:00Z');
        await service.moveHorizons();

        expect(await service.starts('2040-12-31T00:00:00Z', '2041-06-01T00:00:00Z')).toHaveLength(1);
        expect(await purge('2042-06-01T00:00:00Z')).toMatchObject({ events: 1 });
      });

      it('should be refused where its owner says an end', async () => {
        const { id } = await service.create(DAILY);

        for (const rrule of ['FREQ=DAILY;COUNT=9000', 'FREQ=DAILY;UNTIL=20900101T080000Z'])
          await expect(service.update(id, { recurrence: { rrule } })).rejects.toMatchObject({
            code: 'invalid_event',
            violations: [
              { description: expect.stringMatching(/^makes about \d+ occurrences; allowed/) as string },
            ],
          });
      });
    });

    it('should refuse a rule whose many occurrences lie beyond the horizon', async () => {
      const rrule = 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29';
      const seconds = { title: 'x', start: '2028-03-01T09:00:00Z', duration: 'PT1S', recurrence: { rrule } };
      const reason =
        'makes about 86400 occurrences in the two years from 2032-02-29T00:00:00Z on (it has no end); allowed are';

      await expect(service.create(seconds)).rejects.toMatchObject({
        violations: [{ field: 'recurrence.rrule', description: expect.stringContaining(reason) as string }],
      });
      const { id } = await service.create({ ...seconds, recurrence: { rrule: 'FREQ=YEARLY' } });
      await expect(service.update(id, { recurrence: { rrule } })).rejects.toMatchObject({
        violations: [{ description: expect.stringContaining(reason) as string }],
      });
    });

    describe('that repeats no more', () => {
      it('should take place at the first that is left', async () => {
        const { id } = await service.create({ ...WEEKLY, start: '2027-03-01T09:00:00' });
        await service.deleteOccurrence(id, '2027-03-01T08:00:00Z', 'this');

        const once = await service.update(id, { recurrence: null });

        expect(once).toMatchObject({ start: '2027-03-08T09:00:00+01:00', end: '2027-03-08T10:00:00+01:00' });
        expect(await service.starts('2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual([
          '2027-03-08T09:00:00+01:00',
        ]);
      });

      it('should take place at the first that is not forgotten', async () => {
        const { id } = await service.create(WEEKLY);
        await purge(today);

        const once = await service.update(id, { recurrence: null });

        expect(once.start).toBe('2025-11-03T09:00:00+01:00');
        expect(await service.starts('2020-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual([once.start]);
      });

      it('should take place when its owner says', async () => {
        const { id } = await service.create({ ...WEEKLY, start: '2027-03-01T09:00:00' });
        await service.deleteOccurrence(id, '2027-03-01T08:00:00Z', 'this');

        const once = await service.update(id, {
          recurrence: null,
          start: '2027-03-01T09:00:00',
          duration: 'PT2H',
        });

        expect(once).toMatchObject({ start: '2027-03-01T09:00:00+01:00', end: '2027-03-01T11:00:00+01:00' });
      });
    });
  });
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const DAILY = { start: '2026-11-02T09:00:00Z', duration: 'PT1H', recurrence: { rrule: 'FREQ=DAILY' } };

/** What every store keeps of series when many write and read at once. */
export function describeConcurrentSeries(name: string, open: OpenStores): void {
  describe(`series under concurrency: ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    beforeEach(() => {
      service = openService(stores);
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should let none of 1,000 have a time far ahead that a series takes, and one a time that is free', async () => {
      const series = await service.create(DAILY);
      const attempt = (start: string) => service.create({ title: 'Once', start, duration: 'PT1H' });

      const taken = await Promise.allSettled(
        Array.from({ length: 1_000 }, () => attempt('2077-05-05T09:30:00Z')),
      );
      const free = await Promise.allSettled(
        Array.from({ length: 1_000 }, () => attempt('2077-05-05T10:00:00Z')),
      );

      const reasons = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(reasons).toHaveLength(1_000);
      for (const reason of reasons) {
        expect(reason).toMatchObject({ code: 'date_busy', conflicts: [{ eventId: series.id }] });
      }
      expect(free.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await service.starts('2077-05-05T00:00:00Z', '2077-05-06T00:00:00Z')).toEqual([
        '2077-05-05T09:00:00Z',
        '2077-05-05T10:00:00Z',
      ]);
    });

    it('should let one of a series and an event that race for a time far ahead have it', async () => {
      for (let round = 0; round < 10; round++) {
        const racer = openService(stores);
        await racer.create({ title: 'First', start: '2026-11-02T00:00:00Z', duration: 'PT1H' });

        const outcomes = await Promise.allSettled([
          racer.create(DAILY),
          racer.create({ title: 'Once', start: '2050-05-05T09:30:00Z', duration: 'PT1H' }),
        ]);

        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    });

    it('should lose and double nothing while the horizon moves under writers and readers', async () => {
      const { id } = await service.create(DAILY);
      const period = ['2028-10-01T00:00:00Z', '2029-03-01T00:00:00Z'] as const;
      const days = (Date.parse(period[1]) - Date.parse(period[0])) / 86_400_000;
      const moving = new AbortController();

      const mover = async (): Promise<void> => {
        for (let day = 1; day <= 120; day += 3) {
          const until = at('2028-11-02T09:30:00Z') + day * 86_400_000;
          await stores.upkeep.extendHorizon({
            dueBefore: at('2040-01-01T00:00:00Z'),
            until: until as never,
            limit: 50,
          });
        }
        moving.abort();
      };
      const reader = async (): Promise<void> => {
        while (!moving.signal.aborted) {
          const listed = await service.list(...period, 40);
          const starts = listed.filter(({ event_id }) => event_id === id).map(({ start }) => start);
          expect(new Set(starts).size).toBe(starts.length);
          expect(starts).toHaveLength(days);
        }
      };
      const writer = async (): Promise<void> => {
        for (let i = 0; !moving.signal.aborted; i++) {
          const start = new Date(Date.UTC(2028, 10, 1 + (i % 100), 12)).toISOString().slice(0, 19);
          const event = await service.create({ title: 'Once', start: `${start}Z`, duration: 'PT1H' });
          await service.update(id, { title: `Series ${i}` });
          await service.update(event.id, { title: 'Kept' });
          await stores.events.delete(service.user, event.id as never, () => undefined);
        }
      };

      await Promise.all([mover(), reader(), reader(), writer()]);

      expect(await service.list(...period)).toHaveLength(days);
    });
  });
}

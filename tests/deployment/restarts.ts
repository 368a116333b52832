import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listDockerThings } from '../_support/docker-things.ts';
import { openCalendar, type Calendar } from './_support/calendar.ts';
import { ROOT } from './_support/checkout.ts';
import { inspect, waitUntilWell, type ServiceName } from './_support/containers.ts';
import type { Site } from './_support/site.ts';

const PROCESSES = [
  'calendar-api',
  'calendar-scheduler',
  'calendar-sender',
  'checker',
  'restapi',
  'gometr',
] as const;

/** What takes the last migration of the calendar back. A new migration needs a new line here. */
const UNDO = { '0007_search_of_occurrences': 'ALTER TABLE calendar.occurrences DROP COLUMN words' } as const;

export function describeRestarts(site: () => Site): void {
  describe('a start that is not the first', () => {
    const event = { title: 'Kept for years', start: '2031-04-05T06:07:08Z', duration: 'PT1H' };
    let carol: Calendar;
    let id: string;
    beforeAll(async () => {
      carol = await openCalendar(site(), 'carol');
      const { body } = await carol.call('POST', '/api/v1/events', event);
      ({ id } = body as { readonly id: string });
      const start = '2031-04-06T06:00:00Z';
      const recurrence = { rrule: 'FREQ=DAILY;COUNT=3' };
      const series = await carol.call('POST', '/api/v1/events', {
        ...event,
        title: 'Rehearsal',
        start,
        recurrence,
      });
      const { id: seriesId } = series.body as { readonly id: string };
      const second = `/api/v1/events/${seriesId}/occurrences/2031-04-07T06:00:00Z`;
      expect(await carol.call('PATCH', second, { title: 'Première' })).toMatchObject({ status: 200 });
    });

    it('should change nothing where everything runs', async () => {
      const before = await Promise.all(PROCESSES.map(startOf));

      await site().run('deployment', 'docker-compose', 'up', '--detach');

      expect(await Promise.all(PROCESSES.map(startOf))).toEqual(before);
      expect(await lastLineOf('migrate')).toBe('Up to date.');
    });

    it('should stop in order, and have the data when it starts again', async () => {
      await site().compose('stop');
      const exits = await Promise.all(
        PROCESSES.map(async (name) => (await inspect(site(), name)).State.ExitCode),
      );
      await site().run('deployment', 'docker-compose', 'down');
      await site().run('deployment', 'docker-compose', 'up', '--detach');
      await waitUntilWell(site());

      expect(exits).toEqual(PROCESSES.map(() => 0));
      expect(await lastLineOf('migrate')).toBe('Up to date.');
      // The token is there as well.
      expect(await carol.call('GET', `/api/v1/events/${id}`)).toMatchObject({
        status: 200,
        body: { title: event.title },
      });
    }, 300_000);

    it('should keep the data through an upgrade from the migration before', async () => {
      const migrations = await readdir(join(ROOT, 'packages/calendar/migrations'));
      const last =
        migrations
          .filter((file) => /^\d{4}_/.test(file))
          .toSorted()
          .at(-1)
          ?.replace('.sql', '') ?? '';
      const undo = UNDO[last as keyof typeof UNDO];
      if (undo === undefined) throw new Error(`nothing here takes ${last} back: add it to UNDO`);
      await site().compose('stop', ...PROCESSES);
      const forget = `DELETE FROM calendar.migrations WHERE name = '${last}'`;
      await site().compose(
        'exec',
        '-T',
        'postgres',
        'psql',
        '-U',
        'postgres',
        '-d',
        'daywatch',
        '-c',
        undo,
        '-c',
        forget,
      );

      await site().compose('up', '--detach');
      await waitUntilWell(site());

      expect(await lastLineOf('migrate')).toBe(`Applied calendar/${last}.`);
      expect(await carol.call('GET', '/api/v1/search?query=years')).toMatchObject({
        status: 200,
        body: { occurrences: [{ event_id: id }] },
      });
      // What there was before is found as what is written now.
      expect(await carol.call('GET', '/api/v1/search?query=premiere')).toMatchObject({
        status: 200,
        body: { occurrences: [{ title: 'Première', start: '2031-04-07T06:00:00Z' }] },
      });
    }, 300_000);

    it('should leave nothing where the volumes are not wanted any more', async () => {
      await site().run('deployment', 'docker-compose', 'down', '--volumes');

      const { containers, networks, volumes } = await listDockerThings(site().host);
      expect({ containers, networks, volumes }).toEqual({
        containers: [],
        networks: ['bridge', 'host', 'none'],
        volumes: [],
      });
    });

    async function startOf(name: ServiceName): Promise<string> {
      return (await inspect(site(), name)).State.StartedAt;
    }

    async function lastLineOf(name: ServiceName): Promise<string | undefined> {
      const { Id } = await inspect(site(), name);
      return (await site().docker('logs', Id)).trim().split('\n').at(-1);
    }
  });
}

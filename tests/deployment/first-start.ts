import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../_support/wait-for.ts';
import { eventWithReminder, openCalendar, type Calendar } from './_support/calendar.ts';
import { ROOT } from './_support/checkout.ts';
import { inspect, SERVICES, waitUntilWell } from './_support/containers.ts';
import type { Site } from './_support/site.ts';

interface Target {
  readonly id: string;
  readonly state: string;
}

/** Runs the first command of deployment/README.md, in that folder. */
export async function startAsTheReadmeSays(site: Site): Promise<void> {
  const [start = 'false'] = await readCommands('Start');
  expect(start).toContain('up');
  await site.run('deployment', 'sh', '-ec', start);
}

/** The blocks of shell commands in a section of the README. */
async function readCommands(section: string): Promise<readonly string[]> {
  const readme = await readFile(join(ROOT, 'deployment/README.md'), 'utf8');
  const text = readme.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  return Array.from(text.matchAll(/^```sh\n(.*?)^```/gms), ([, commands = '']) => commands);
}

export function describeFirstStart(site: () => Site): void {
  describe('the first start', () => {
    let alice: Calendar;
    beforeAll(async () => {
      await waitUntilWell(site());
      alice = await openCalendar(site(), 'alice');
    }, 300_000);

    it('should remind of an event, and keep what became of it', async () => {
      const event = eventWithReminder(randomUUID(), 'Tea in containers');
      const fromMs = Date.now();

      const { status } = await alice.call('POST', '/api/v1/events', event);

      expect(status).toBe(201);
      const reminders = () => alice.listReminders(fromMs);
      await waitFor('the reminder', async () => (await reminders())[0]?.status === 'sent', 60_000, 200);
      const [reminder] = await reminders();
      const sender = await inspect(site(), 'calendar-sender');
      expect(await site().docker('logs', sender.Id)).toContain(`"id":"${reminder?.id}"`);
    });

    it('should do what the README says of the first event and of every day', async () => {
      const first = (await readCommands('The first event'))
        .join('')
        .replaceAll('http://localhost:8888', site().origin);
      const [everyDay = '', backup = ''] = await readCommands('Every day');
      const harmless = everyDay.replace('docker-compose down\n', '');

      const { stdout } = await site().run('deployment', 'sh', '-ec', `${first}${harmless}${backup}`);

      expect(stdout).toContain('"title":"Dentist"');
      expect(stdout).toContain('"occurrences":[{');
      expect(harmless).not.toBe(everyDay);
      expect(stdout).toMatch(/calendar-api\S* .* Up \(healthy\)/);
      const dump = await readFile(join(site().folder, 'deployment/daywatch.dump'));
      expect(dump.subarray(0, 5).toString()).toBe('PGDMP');
    });

    it('should be the same system at the root of the repository and in deployment/', async () => {
      const list = 'unset COMPOSE_FILE; docker-compose config';
      const here = await site().run('.', 'sh', '-ec', list);
      const there = await site().run('deployment', 'sh', '-ec', list);

      expect(here.stdout).toContain('grafana/grafana');
      expect(here.stdout).toBe(there.stdout);
    });

    it('should watch everything that runs', async () => {
      let targets: readonly Target[] = [];
      await waitFor(
        'all targets to pass',
        async () => {
          targets = (await alice.call('GET', '/api/v1/targets')).body as readonly Target[];
          return targets.length > 0 && targets.every(({ state }) => state === 'pass');
        },
        90_000,
        500,
      ).catch((error: unknown) => {
        throw new Error(JSON.stringify(targets), { cause: error });
      });

      expect(targets.map(({ id }) => id).toSorted()).toEqual([
        'calendar_api',
        'calendar_scheduler',
        'calendar_sender',
        'checker',
        'gometr',
        'postgres',
        'rabbitmq',
        'restapi',
      ]);
    });

    it('should serve the page and refuse strangers', async () => {
      const page = await fetch(`${site().origin}/`);
      const api = await fetch(`${site().origin}/api/v1/calendars`);

      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).toContain('<div id="root">');
      expect(api.status).toBe(401);
    });

    it('should publish the API alone, to this machine alone', async () => {
      const published: string[] = [];
      for (const service of SERVICES) {
        const { Ports } = (await inspect(site(), service)).NetworkSettings;
        for (const [port, places] of Object.entries(Ports))
          for (const { HostIp } of places ?? []) published.push(`${service} ${port} ${HostIp}`);
      }

      expect(published).toEqual(['calendar-api 8888/tcp 127.0.0.1']);
    });

    it('should keep the database out of the zone of what is watched', async () => {
      const find = (service: string, name: string) =>
        site().compose('exec', '-T', service, 'node', '-e', `require('dns').promises.lookup('${name}')`);

      await expect(find('gometr', 'postgres')).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
      await expect(find('calendar-api', 'rabbitmq')).resolves.toBeDefined();
      await expect(find('calendar-api', 'postgres')).resolves.toBeDefined();
    });
  });
}

import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendarApiSchema } from '@daywatch/calendar-api';
import { calendarSchedulerSchema } from '@daywatch/calendar-scheduler';
import { calendarSenderSchema } from '@daywatch/calendar-sender';
import { checkerSchema } from '@daywatch/checker';
import { gometrSchema } from '@daywatch/gometr';
import { PARTS, type Part } from '@daywatch/installation';
import { parseTargets } from '@daywatch/monitor/config';
import { restapiSchema } from '@daywatch/restapi';
import { loadConfig } from '@daywatch/service-kit/config';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { findFile } from './_support/find-file.ts';
import type { Manifest } from './_support/manifest.ts';
import { render } from './_support/render.ts';
import { listWorkloads } from './_support/workloads.ts';

/** What each executable itself reads its configuration by. */
const SCHEMAS = {
  calendarApi: calendarApiSchema,
  calendarScheduler: calendarSchedulerSchema,
  calendarSender: calendarSenderSchema,
  checker: checkerSchema,
  gometr: gometrSchema,
  restapi: restapiSchema,
} as const;

describe.skipIf(!hasDebianPackage('kubernetes-client')).each(['overlays/small', 'overlays/production'])(
  'the configuration in %s',
  (folder) => {
    let objects: readonly Manifest[];

    beforeAll(async () => {
      objects = await render(folder);
    });

    it.each(PARTS)('should be one that $executable takes, without a warning', (part) => {
      const { config, warnings } = load(objects, part);

      expect(warnings).toEqual([]);
      expect(config.http).toMatchObject({ host: '0.0.0.0', port: part.port });
      expect(config.http.allowed_hosts).toContain('[10.1.2.3]');
    });

    it('should name targets that the checker takes', () => {
      const { config } = load(objects, findPart('checker'));
      const targets = parseTargets((config as { targets: unknown[] }).targets, { readFile: () => '' });

      expect(targets.map(({ domain }) => domain).toSorted()).toEqual([
        'calendar-api',
        'calendar-scheduler',
        'calendar-sender',
        'gometr',
        'restapi',
      ]);
    });

    it('should give a part the database and the broker by files that it can see', () => {
      const used = PARTS.map((part) => {
        const { storage, queue } = load(objects, part).config as {
          storage?: { dsn?: string };
          queue?: { type: string; url?: string };
        };
        return [part.component, storage?.dsn, queue?.type, queue?.url];
      });

      expect(used).toEqual([
        ['gometr', undefined, undefined, undefined],
        ['restapi', 'daywatch-database restapi-dsn', undefined, undefined],
        ['checker', 'daywatch-database checker-dsn', undefined, undefined],
        ['calendar-sender', 'daywatch-database calendar-dsn', 'rabbitmq', 'daywatch-broker url'],
        ['calendar-scheduler', 'daywatch-database calendar-dsn', 'rabbitmq', 'daywatch-broker url'],
        ['calendar-api', 'daywatch-database calendar-dsn', undefined, undefined],
      ]);
    });
  },
);

/** Loads it as the executable does in its pod: the file by its argument, secrets from its volumes, its environment. */
function load(objects: readonly Manifest[], part: Part) {
  const [workload] = listWorkloads(objects, ['Deployment']).filter(
    ({ object }) => object.metadata.name === `daywatch-${part.component}`,
  );
  const [container] = workload?.pod.containers ?? [];
  if (workload === undefined || container === undefined) throw new TypeError(`${part.component} was not rendered`);
  const file = /^--config=(?<file>.*)$/.exec(container.args?.[0] ?? '')?.groups?.['file'] ?? '';
  expect(basename(file)).toBe(`${part.executable}.yaml`);
  const env = container.env?.map(({ name, value }) => [name, value?.replace('$(POD_IP)', '10.1.2.3')]) ?? [];
  return loadConfig({
    executable: part.executable,
    schema: SCHEMAS[part.name],
    file,
    env: Object.fromEntries(env.filter(([, value]) => value !== undefined)),
    readFile: (path) => findFile(objects, workload, path),
  });
}

function findPart(name: string): Part {
  const part = PARTS.find((each) => each.name === name);
  if (part === undefined) throw new TypeError(name);
  return part;
}

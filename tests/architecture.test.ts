import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');

/** An import that the house forbids, and where. */
const FORBIDDEN = [
  ['packages/calendar/src/event/a.ts', 'node:fs', 'Domain code imports no I/O'],
  ['packages/calendar/src/event/b.ts', 'pg', 'Domain code imports no I/O'],
  ['packages/calendar/src/event/c.ts', '../adapters/postgres/index.ts', 'Domain code imports no adapter'],
  ['packages/calendar/src/event/d.ts', '@daywatch/service-kit/log', 'Domain code imports no adapter'],
  ['packages/calendar/src/adapters/http/a.ts', '@daywatch/calendar-api', 'A package never imports a service'],
  [
    'packages/calendar/src/adapters/http/b.ts',
    '@daywatch/monitor',
    'calendar and monitor do not import each other',
  ],
  ['packages/access/src/token/a.ts', 'fastify', 'Domain code imports no I/O'],
  ['packages/access/src/adapters/http/a.ts', '@daywatch/calendar', 'it imports neither'],
  ['packages/delivery/src/queue/a.ts', 'rabbitmq-client', 'Domain code imports no I/O'],
  ['packages/delivery/src/channel/a.ts', '../adapters/webhook/index.ts', 'Domain code imports no adapter'],
  ['packages/delivery/src/adapters/rabbitmq/a.ts', '@daywatch/calendar', 'they import neither'],
  ['packages/outbound/src/fence/a.ts', 'node:dns', 'Domain code imports no I/O'],
  ['packages/outbound/src/adapters/http/a.ts', '@daywatch/monitor', 'they import neither'],
  ['packages/calendar/src/reminder/a.ts', '@daywatch/delivery/rabbitmq', 'Domain code imports no adapter'],
  [
    'packages/calendar/src/adapters/grpc/a.ts',
    '@daywatch/calendar-scheduler',
    'A package never imports a service',
  ],
  ['packages/blocks/src/a.ts', 'node:zlib', 'blocks and exposition are pure'],
  ['packages/series/src/matcher/a.ts', 'pg', 'Domain code imports no I/O'],
  ['packages/series/src/adapters/postgres/a.ts', '@daywatch/monitor', 'series knows nothing of targets'],
  ['packages/recurrence/src/a.ts', 'node:crypto', 'recurrence is pure'],
  ['packages/monitor/src/target/a.ts', 'node:http', 'Domain code imports no I/O'],
  [
    'packages/monitor/src/adapters/http/a.ts',
    '@daywatch/calendar',
    'calendar and monitor do not import each other',
  ],
  ['packages/exposition/src/a.ts', 'node:buffer', 'blocks and exposition are pure'],
  ['packages/testbox/src/run/a.ts', 'dockerode', 'Domain code imports no I/O'],
  ['packages/installation/src/objects/a.ts', 'yaml', 'Domain code imports no I/O'],
  [
    'packages/testbox/src/adapters/network/a.ts',
    '@daywatch/calendar/grpc',
    'it knows nothing of our services',
  ],
  ['packages/service-kit/src/log/a.ts', '@daywatch/daywatch', 'A package never imports a service'],
  [
    'services/calendar-api/src/a.ts',
    '../../../packages/calendar/src/index.ts',
    'by its exports, not past them',
  ],
] as const;

const ALLOWED = [
  ['packages/calendar/src/event/ok.ts', '../time/instant.ts'],
  ['packages/calendar/src/adapters/postgres/ok.ts', 'pg'],
  ['packages/calendar/src/adapters/grpc/ok.ts', '@grpc/grpc-js'],
  ['packages/calendar/src/reminder/ok.ts', '@daywatch/delivery'],
  ['packages/delivery/src/adapters/rabbitmq/ok.ts', 'rabbitmq-client'],
  ['packages/outbound/src/adapters/http/ok.ts', 'node:http'],
  ['packages/testbox/src/adapters/docker/ok.ts', 'dockerode'],
  ['services/calendar-api/src/ok.ts', '@daywatch/calendar/postgres'],
] as const;

interface Complaint {
  readonly code: string;
  readonly filename: string;
  readonly help: string;
}

describe('the directions of dependencies', () => {
  let folder: string;
  let complaints: readonly Complaint[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daywatch-lint-'));
    await cp(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [file, specifier] of [...FORBIDDEN, ...ALLOWED]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `export * from '${specifier}';\n`);
    }
    const oxlint = join(ROOT, 'node_modules/.bin/oxlint');
    const result = await execute(oxlint, ['--format=json', 'packages', 'services'], { cwd: folder }).catch(
      (error: unknown) => error as { stdout: string },
    );
    complaints = (JSON.parse(result.stdout) as { diagnostics: Complaint[] }).diagnostics;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('should refuse that %s imports %s', (file, _, reason) => {
    expect(complaintsAbout(file)).toContain(reason);
  });

  it.each(ALLOWED)('should allow that %s imports %s', (file) => {
    expect(complaintsAbout(file)).toBe('');
  });

  function complaintsAbout(file: string): string {
    return complaints
      .filter(({ code, filename }) => filename === file && code.includes('no-restricted-imports'))
      .map(({ help }) => help)
      .join();
  }
});

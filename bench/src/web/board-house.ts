import { createToken } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { startEmbeddedPostgres } from '@daywatch/embedded-postgres';
import type { NewCheckResult, TargetDescription, TargetReport } from '@daywatch/monitor';
import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import type { SeriesStores } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { migrate, openPostgres } from '@daywatch/service-kit/postgres';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPage } from '../../../web/build.ts';
import { openSignedIn, untilReady } from './page-house.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Each schema, and the package whose migrations fill it. */
const SCHEMAS = { access: 'access', delivery: 'delivery', calendar: 'calendar', monitor: 'series' };
const PORT = 18_933;
const RESTAPI_PORT = 18_934;
const ORIGIN = `http://localhost:${PORT}`;

/** The page with the monitor behind it: PostgreSQL, restapi and calendar_api; what a checker would write is written here. */
export interface BoardHouse extends AsyncDisposable {
  readonly series: SeriesStores;
  readonly watch: (targets: readonly TargetDescription[]) => Promise<void>;
  readonly report: (reports: readonly TargetReport[]) => Promise<void>;
  readonly record: (results: readonly NewCheckResult[]) => Promise<void>;
  /** Signs in and opens a path. */
  readonly open: (page: Page, path: string) => Promise<void>;
}

export async function openBoardHouse(): Promise<BoardHouse> {
  await using stack = new AsyncDisposableStack();
  await buildPage(join(ROOT, 'web/dist'));
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-board-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const { superuserDsn: dsn } = stack.use(await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') }));
  const schemas = Object.entries(SCHEMAS).map(([schema, owner]) => ({
    schema,
    directory: join(ROOT, 'packages', owner, 'migrations'),
  }));
  await migrate({ dsn, schemas });
  const db = stack.use(openPostgres({ dsn, applicationName: 'bench board' }));
  const context = { tokens: createPostgresAccess(db).tokens, clock: Date, random: randomBytes };
  const scopes = ['calendar', 'monitor:read'];
  const { secret } = await createToken(context, { name: 'bench', userId: 'me', scopes });
  const start = async (service: string, port: number, env: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, [join(ROOT, 'services', service, 'src/main.ts')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DAYWATCH_HTTP_PORT: String(port),
        DAYWATCH_STORAGE_DSN: dsn,
        ...env,
      },
      stdio: 'ignore',
    });
    const ended = new Promise((done) => {
      child.once('exit', done);
    });
    stack.defer(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    await untilReady(`http://localhost:${port}`);
  };
  await start('restapi', RESTAPI_PORT, {});
  await start('calendar-api', PORT, { DAYWATCH_MONITOR_URL: `http://localhost:${RESTAPI_PORT}` });
  const targets = createPostgresTargets(db);
  const checks = createPostgresCheckResults(db);
  const opened = stack.move();
  return {
    series: createPostgresSeries(db),
    async watch(watched) {
      const checker = { checkerId: randomUUID(), checkerName: 'checker-1' };
      await targets.leases.renew({ ...checker, targets: watched, leaseMs: 3_600_000 });
    },
    report: (reports) => targets.board.report(reports),
    record: (results) => checks.append(results),
    open: (page, path) => openSignedIn(page, ORIGIN, secret.reveal(), path),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@daywatch/embedded-postgres';
import type { SeriesStores } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { migrate, openPostgres, type Postgres } from '@daywatch/service-kit/postgres';

const MIGRATIONS = resolve(import.meta.dirname, '../../../packages/series/migrations');

/** A durable PostgreSQL of its own, with the schema of the monitor. */
export interface SeriesHouse extends AsyncDisposable {
  readonly folder: string;
  readonly dsn: string;
  /** The process id of its server. */
  readonly serverPid: number;
  readonly postgres: Postgres;
  readonly stores: SeriesStores;
}

export async function openSeriesHouse(): Promise<SeriesHouse> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const settings = { shared_buffers: '256MB', max_wal_size: '4GB' };
  const server = stack.use(await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings }));
  const dsn = server.superuserDsn;
  await migrate({ dsn, schemas: [{ schema: 'monitor', directory: MIGRATIONS }] });
  const postgres = stack.use(
    openPostgres({ dsn, applicationName: 'bench', statementTimeoutMs: 600_000, lockTimeoutMs: 600_000 }),
  );
  const opened = stack.move();
  return {
    folder,
    dsn,
    serverPid: server.pid,
    postgres,
    stores: createPostgresSeries(postgres),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

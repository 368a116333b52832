import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@daywatch/embedded-postgres';
import { migrate } from '@daywatch/service-kit/postgres';
import { Client } from 'pg';
import { hasDebianPackage } from './debian-packages.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { makeServerFolder, removeLeftovers } from './leftovers.ts';

/** The two ends of what is supported: 18 comes from npm, 15 from Debian. */
export type PostgresKind = 'postgres18' | 'postgres15';

/** Those that tests run on: both, but where Debian's package is missing and may be. */
export const POSTGRES_KINDS: readonly PostgresKind[] = hasDebianPackage('postgresql-15')
  ? ['postgres18', 'postgres15']
  : ['postgres18'];

/** A throw-away server that forgets on a power cut, with room for many connections. */
export interface TestServer {
  readonly dsn: (database: string) => string;
  readonly stop: () => Promise<void>;
}

/** Has every migration applied; the databases of tests are copies of it. */
export const TEMPLATE_DATABASE = 'daywatch_template';

const SETTINGS = { max_connections: '300', max_locks_per_transaction: '256', shared_buffers: '256MB' };

/** Starts a server and prepares its template database. */
export async function startTestServer(kind: PostgresKind): Promise<TestServer> {
  await removeLeftovers();
  const directory = await makeServerFolder(kind);
  const server = await start(kind, directory);
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await createDatabase(server.dsn('postgres'), TEMPLATE_DATABASE);
    await migrate({ dsn: server.dsn(TEMPLATE_DATABASE), schemas: await migrationSources() });
  } catch (error) {
    await stop();
    throw error;
  }
  return { dsn: server.dsn, stop };
}

/** Each schema and the package that it belongs to, in the order in which they are applied. */
const SCHEMAS = [
  ['access', 'access'],
  ['delivery', 'delivery'],
  ['calendar', 'calendar'],
  ['monitor', 'series'],
] as const;

/** Every schema that has migrations, in the order in which they are applied. */
export async function migrationSources(): Promise<readonly { schema: string; directory: string }[]> {
  const packages = join(import.meta.dirname, '../../packages');
  const sources: { schema: string; directory: string }[] = [];
  for (const [schema, owner] of SCHEMAS) {
    const directory = join(packages, owner, 'migrations');
    const files = await readdir(directory).catch(() => []);
    if (files.length > 0) sources.push({ schema, directory });
  }
  return sources;
}

async function start(kind: PostgresKind, directory: string): Promise<TestServer> {
  switch (kind) {
    case 'postgres18': {
      const server = await startEmbeddedPostgres({
        dataDir: join(directory, 'data'),
        durable: false,
        settings: SETTINGS,
      });
      return { dsn: (database) => server.dsn(database), stop: () => server.stop() };
    }
    case 'postgres15':
      return startDebianPostgres(directory, SETTINGS);
    default:
      return kind satisfies never;
  }
}

async function createDatabase(dsn: string, name: string): Promise<void> {
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}

import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { askForShared } from './shared-things.ts';
import { TEMPLATE_DATABASE, type PostgresKind } from './postgres-servers.ts';

export { migrationSources, POSTGRES_KINDS, type PostgresKind } from './postgres-servers.ts';

/** A database of a test's own. */
export interface TestDatabase extends AsyncDisposable {
  /** Connects as a superuser. */
  readonly dsn: string;
  /** Drops it. A connection that is still open then is a leak, and fails the test. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Default `postgres18`. */
  readonly server?: PostgresKind;
  /** Default true: every migration is applied. False gives an empty database. */
  readonly migrated?: boolean;
}

/** Makes a database: a copy of the migrated template, which takes about 50 ms. Drop it after the test. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminDsn = await askForShared(options.server ?? 'postgres18');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.migrated === false ? 'template1' : TEMPLATE_DATABASE;
  await administrate(adminDsn, async (admin) => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const drop = (): Promise<void> => dropDatabase(adminDsn, name);
  return { dsn: withDatabase(adminDsn, name), drop, [Symbol.asyncDispose]: drop };
}

async function dropDatabase(adminDsn: string, name: string): Promise<void> {
  await administrate(adminDsn, async (admin) => {
    const leaked = await waitForConnectionsToEnd(admin, name);
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    if (leaked.length > 0)
      throw new Error(`the test left ${leaked.length} connections open: ${leaked.join(', ')}`);
  });
}

const LEAK_DEADLINE_MS = 3_000;

/** The server needs a moment to notice that a client has gone. */
async function waitForConnectionsToEnd(admin: Client, database: string): Promise<readonly string[]> {
  const deadline = Date.now() + LEAK_DEADLINE_MS;
  for (;;) {
    const { rows } = await admin.query<{ application_name: string }>(
      `SELECT application_name FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [database],
    );
    if (rows.length === 0 || Date.now() > deadline)
      return rows.map(({ application_name }) => application_name || 'unnamed');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function administrate(dsn: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: dsn });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(dsn: string, name: string): string {
  const url = new URL(dsn);
  url.pathname = `/${name}`;
  return url.href;
}

import { readFile } from 'node:fs/promises';
import { runner } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';
import { connectionFailure } from './errors.ts';
import { MigrationError } from './migration-error.ts';
import { grantsFile, NO_MIGRATION, type MigrationSource } from './migration-files.ts';
import { compareMigrations, MIGRATIONS_TABLE } from './migration-status.ts';
import { actAsOwner, ensureRoles } from './roles.ts';

export type { MigrationSource } from './migration-files.ts';

export interface MigrateOptions {
  readonly dsn: string;
  /** In the order in which they are applied. */
  readonly schemas: readonly MigrationSource[];
  readonly log?: (line: string) => void;
}

/** One lock for all schemas of a database, so that a second run waits for the first. */
const LOCK_ID = '4919131752989214000';

/**
 * Brings a database up to date: makes the roles that are missing, applies each schema's migrations that
 * are missing, in order, and gives the roles their rights. Each migration is one transaction; one that
 * fails leaves those before it applied. Safe to run twice, and at once from several places: the later run waits.
 * @returns what was applied, as `schema/0001_name`.
 * @throws MigrationError, DatabaseUnavailableError
 */
export async function migrate({
  dsn,
  schemas,
  log = () => undefined,
}: MigrateOptions): Promise<readonly string[]> {
  const client = new Client({
    connectionString: dsn,
    application_name: 'daywatch migrate',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection that breaks fails the statement that runs; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw connectionFailure(error);
  });
  try {
    await takeLock(client, log);
    await refuseNewer(client, schemas);
    await ensureRoles(client, log);
    await actAsOwner(client, schemas);
    const applied: string[] = [];
    for (const source of schemas) applied.push(...(await migrateSchema(client, source, log)));
    return applied;
  } catch (error) {
    throw migrationFailure(error);
  } finally {
    // Gives the lock back as well.
    await client.end();
  }
}

async function takeLock(client: Client, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK_ID}) AS taken`);
  if (rows[0]?.taken) return;
  log('another migration of this database is running; waiting for it');
  await client.query(`SELECT pg_advisory_lock(${LOCK_ID})`);
}

async function refuseNewer(client: Client, schemas: readonly MigrationSource[]): Promise<void> {
  const { unknown } = await compareMigrations(client, schemas);
  if (unknown.length === 0) return;
  throw new MigrationError(
    'database_newer',
    `a newer version has migrated this database: it has ${unknown.join(', ')}, which this version does not know; ` +
      'run that version or a later one, or restore a backup from before',
  );
}

async function migrateSchema(
  client: Client,
  source: MigrationSource,
  log: (line: string) => void,
): Promise<readonly string[]> {
  const { schema, directory } = source;
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${client.escapeIdentifier(schema)}`);
  const applied = await runner({
    dbClient: client,
    dir: directory,
    direction: 'up',
    ignorePattern: NO_MIGRATION,
    schema,
    migrationsTable: MIGRATIONS_TABLE,
    migrationsSchema: schema,
    singleTransaction: false,
    noLock: true,
    logger: { info: () => undefined, warn: log, error: () => undefined },
  });
  for (const { name } of applied) log(`applied ${schema}/${name}`);
  await applyGrants(client, source);
  return applied.map(({ name }) => `${schema}/${name}`);
}

async function applyGrants(client: Client, source: MigrationSource): Promise<void> {
  const text = await readFile(grantsFile(source), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (text) await client.query(text);
}

function migrationFailure(error: unknown): Error {
  if (error instanceof MigrationError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  if (
    cause instanceof DatabaseError &&
    (cause.code === '42501' || cause.code === '0A000' || cause.code === '58P01')
  ) {
    const hint = cause.hint ? ` (${cause.hint})` : '';
    return new MigrationError(
      'not_permitted',
      `cannot migrate the database: ${cause.message}${hint}; the user needs CREATE on the database, and the extension ` +
        'btree_gist must be installed on the server (Debian: part of the package postgresql) and may be made by a superuser ' +
        'beforehand: CREATE EXTENSION btree_gist;',
      { cause },
    );
  }
  return new MigrationError('migration_failed', `cannot migrate the database: ${cause.message}`, { cause });
}

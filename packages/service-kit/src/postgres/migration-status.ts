import { Client } from 'pg';
import { connectionFailure } from './errors.ts';
import { readMigrationNames, type MigrationSource } from './migration-files.ts';

export const MIGRATIONS_TABLE = 'migrations';

/** What a database lacks, or has more than this version knows. Names are `schema/0001_name`. */
export interface MigrationStatus {
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Compares a database with the migrations that this version brings, for a process that waits until both
 * are the same. Changes nothing.
 * @throws DatabaseUnavailableError
 */
export async function readMigrationStatus(
  dsn: string,
  sources: readonly MigrationSource[],
): Promise<MigrationStatus> {
  const client = new Client({
    connectionString: dsn,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
  });
  try {
    await client.connect();
    return await compareMigrations(client, sources);
  } catch (error) {
    throw connectionFailure(error);
  } finally {
    await client.end();
  }
}

export async function compareMigrations(
  client: Client,
  sources: readonly MigrationSource[],
): Promise<MigrationStatus> {
  const missing: string[] = [];
  const unknown: string[] = [];
  for (const source of sources) {
    const known = await readMigrationNames(source);
    const applied = await readApplied(client, source.schema);
    missing.push(
      ...known.filter((name) => !applied.includes(name)).map((name) => `${source.schema}/${name}`),
    );
    unknown.push(
      ...applied.filter((name) => !known.includes(name)).map((name) => `${source.schema}/${name}`),
    );
  }
  return { missing, unknown };
}

async function readApplied(client: Client, schema: string): Promise<readonly string[]> {
  const table = `${client.escapeIdentifier(schema)}.${MIGRATIONS_TABLE}`;
  const { rows } = await client.query<{ present: boolean }>('SELECT to_regclass($1) IS NOT NULL AS present', [
    table,
  ]);
  if (!rows[0]?.present) return [];
  const applied = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY name`);
  return applied.rows.map(({ name }) => name);
}

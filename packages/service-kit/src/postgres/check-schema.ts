import type { MigrationSource } from './migration-files.ts';
import { readMigrationStatus } from './migration-status.ts';

/**
 * Resolves when the schema of a database is the one that this version works with.
 * @throws Error that says what is missing, DatabaseUnavailableError.
 */
export async function checkSchema(dsn: string, migrations: readonly MigrationSource[]): Promise<void> {
  const { missing, unknown } = await readMigrationStatus(dsn, migrations);
  if (missing.length > 0) {
    throw new Error(`its schema lacks ${missing.join(', ')}: run 'daywatch migrate' on it`);
  }
  if (unknown.length > 0) {
    throw new Error(
      `its schema is of a newer version, with ${unknown.join(', ')}: run that version here too`,
    );
  }
}

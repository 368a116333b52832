import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the migrations of one schema lie. */
export interface MigrationSource {
  /** The schema that they fill, which also keeps the list of those that were applied. */
  readonly schema: string;
  /** Holds `0001_name.sql`, `0002_…`, and optionally `grants.sql`. */
  readonly directory: string;
}

/** Whatever matches this is no migration: `grants.sql`, a README, hidden files. */
export const NO_MIGRATION = '(?!\\d{4}_[a-z0-9_]+\\.sql$).*';

/** Given again after every run, so that a role which was made later gets its rights too. */
export function grantsFile(source: MigrationSource): string {
  return join(source.directory, 'grants.sql');
}

/** The names of the migrations, in the order in which they are applied. */
export async function readMigrationNames(source: MigrationSource): Promise<readonly string[]> {
  const ignored = new RegExp(`^${NO_MIGRATION}$`);
  const files = await readdir(source.directory);
  return files
    .filter((file) => !ignored.test(file))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationSource } from './migration-files.ts';

/** Every schema of Daywatch with its package, in the order in which they are applied. */
const SCHEMAS = [
  ['access', '@daywatch/access'],
  ['delivery', '@daywatch/delivery'],
  ['calendar', '@daywatch/calendar'],
  ['monitor', '@daywatch/series'],
] as const;

type SchemaName = (typeof SCHEMAS)[number][0];

/**
 * Finds the migrations: in the folder `share` beside a bundled executable, else in the packages that they belong to.
 * @param mainFolder `import.meta.dirname` of the main.
 * @param needed the schemas that the process works with: its role may not even look at others. By default all, for
 *   who migrates them.
 * @throws Error where an executable was copied without the folder.
 */
export function findMigrations(
  mainFolder: string,
  needed: readonly SchemaName[] = SCHEMAS.map(([schema]) => schema),
): readonly MigrationSource[] {
  const schemas = SCHEMAS.filter(([schema]) => needed.includes(schema));
  const bundled = join(mainFolder, 'share');
  if (existsSync(bundled)) {
    return schemas.map(([schema]) => ({ schema, directory: join(bundled, 'migrations', schema) }));
  }
  if (!import.meta.filename.endsWith('.ts')) {
    throw new Error(
      `the folder ${bundled} is missing: copy or link the folder of the executables as a whole`,
    );
  }
  return schemas.map(([schema, name]) => ({ schema, directory: migrationsOf(name) }));
}

/** `src/index.ts` of a package lies beside its `migrations`. */
function migrationsOf(packageName: string): string {
  return join(dirname(fileURLToPath(import.meta.resolve(packageName))), '..', 'migrations');
}

import { findMigrations, type MigrationSource } from '@daywatch/service-kit/postgres';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Files that are read at run time and do not travel inside of a bundle. */
export interface Share {
  /** Of the schemas that the API works with. */
  readonly migrations: readonly MigrationSource[];
  /** The static files of swagger-ui-dist. */
  readonly swaggerUi: string;
  /** The folder of the built web page; it is not there where nobody has built the page. */
  readonly page: string;
}

/**
 * Finds them: in the folder `share` beside a bundled executable, else in the packages that they belong to.
 * @param mainFolder `import.meta.dirname` of the main.
 * @throws Error where an executable was copied without the folder.
 */
export function findShare(mainFolder: string): Share {
  const migrations = findMigrations(mainFolder, ['access', 'calendar']);
  const bundled = join(mainFolder, 'share');
  if (existsSync(bundled)) {
    return { migrations, swaggerUi: join(bundled, 'swagger-ui'), page: join(bundled, 'page') };
  }
  return {
    migrations,
    swaggerUi: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
    page: join(import.meta.dirname, '../../../web/dist'),
  };
}

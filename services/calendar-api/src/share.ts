import type { MigrationSource } from '@daywatch/service-kit/postgres';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files that are read at run time and do not travel inside of a bundle. */
export interface Share {
  /** In the order in which they are applied. */
  readonly migrations: readonly MigrationSource[];
  /** The static files of swagger-ui-dist. */
  readonly swaggerUi: string;
}

/**
 * Finds them: in the folder `share` beside a bundled executable, else in the packages that they belong to.
 * @param mainFolder `import.meta.dirname` of the main.
 * @throws Error where an executable was copied without the folder.
 */
export function findShare(mainFolder: string): Share {
  const bundled = join(mainFolder, 'share');
  if (existsSync(bundled)) {
    const migrations = ['access', 'delivery', 'calendar', 'monitor'].map((schema) => ({
      schema,
      directory: join(bundled, 'migrations', schema),
    }));
    return { migrations, swaggerUi: join(bundled, 'swagger-ui') };
  }
  if (!import.meta.filename.endsWith('.ts')) {
    throw new Error(
      `the folder ${bundled} is missing: copy or link the folder of the executables as a whole`,
    );
  }
  return {
    migrations: [
      { schema: 'access', directory: migrationsOf('@daywatch/access') },
      { schema: 'delivery', directory: migrationsOf('@daywatch/delivery') },
      { schema: 'calendar', directory: migrationsOf('@daywatch/calendar') },
      { schema: 'monitor', directory: migrationsOf('@daywatch/series') },
    ],
    swaggerUi: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
  };
}

/** `src/index.ts` of a package lies beside its `migrations`. */
function migrationsOf(packageName: string): string {
  return join(dirname(fileURLToPath(import.meta.resolve(packageName))), '..', 'migrations');
}

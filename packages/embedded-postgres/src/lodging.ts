import { chmod, cp, lstat, mkdtemp, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { type Binaries, binariesAt } from './binaries.ts';
import { CLUSTER_DIR } from './data-folder.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { canEnter, readVersion } from './probe.ts';
import { listWaysToRun, type RunAs } from './run-as.ts';
import { linkLibraries } from './symlinks.ts';

/** Who runs PostgreSQL here, from where, and in which folder its data lies. */
export interface Lodging {
  readonly runAs: RunAs;
  readonly binaries: Binaries;
  /** Needed as `LD_LIBRARY_PATH` when the libraries could not be linked where they lie. */
  readonly libraryPath: string | undefined;
  /** The data folder itself, or the one that stands in for it. */
  readonly home: string;
  readonly version: string;
}

export interface LodgingRequest {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly durable: boolean;
  readonly log?: ((line: string) => void) | undefined;
}

/** In the data folder, a link to the folder that stands in for it. */
const ELSEWHERE_LINK = 'elsewhere';

/**
 * Finds a way to run PostgreSQL, by trying. README.md draws the decision. When root can only run it as a user who
 * cannot enter the data folder, the data is kept elsewhere from the first start on, and the log says where.
 */
export async function findLodging(request: LodgingRequest): Promise<Lodging> {
  const { dataDir, log } = request;
  const home = await currentHome(dataDir);
  const clusterOwner = (await stat(join(home, CLUSTER_DIR)).catch(() => undefined))?.uid;
  const found = await tryHome(home, clusterOwner, request);
  if (found !== undefined) return found;
  if (clusterOwner !== undefined || process.getuid?.() !== 0) throw cannotRun(home);

  const elsewhere = await makeHomeElsewhere(request.durable);
  try {
    const second = await tryHome(elsewhere, undefined, request);
    if (second === undefined) throw cannotRun(dataDir);
    await symlink(elsewhere, join(dataDir, ELSEWHERE_LINK));
    log?.(
      `PostgreSQL does not run as root, and its user cannot enter ${dataDir}. Its data is in ${elsewhere}.`,
    );
    return second;
  } catch (error) {
    await rm(elsewhere, { recursive: true, force: true });
    throw error;
  }
}

async function currentHome(dataDir: string): Promise<string> {
  const link = join(dataDir, ELSEWHERE_LINK);
  if ((await lstat(link).catch(() => undefined)) === undefined) return dataDir;
  const home = await readlink(link);
  if ((await stat(home).catch(() => undefined)) !== undefined) return home;
  throw new EmbeddedPostgresError(
    'not_a_cluster',
    `The data of ${dataDir} was kept in ${home}, which is gone. Restore it, or remove ${link} to begin anew.`,
  );
}

async function tryHome(
  home: string,
  clusterOwner: number | undefined,
  request: LodgingRequest,
): Promise<Lodging | undefined> {
  for (const runAs of listWaysToRun(clusterOwner)) {
    if (runAs.kind === 'user') await letOthersPass(home);
    if (runAs.kind !== 'self' && !(await canEnter(runAs, home))) continue;
    const programs =
      (await tryPrograms(runAs, request.binaries, home)) ?? (await tryCopiedPrograms(runAs, home, request));
    if (programs !== undefined) return { runAs, home, ...programs };
  }
  return undefined;
}

type Programs = Pick<Lodging, 'binaries' | 'libraryPath' | 'version'>;

async function tryPrograms(runAs: RunAs, binaries: Binaries, home: string): Promise<Programs | undefined> {
  const libraryPath = await linkLibraries(binaries.root, join(home, 'lib'));
  const version = await readVersion(runAs, binaries, libraryPath);
  return version === undefined ? undefined : { binaries, libraryPath, version };
}

/** The user can enter the data folder and not the one with the programs, so they are copied into the former. */
async function tryCopiedPrograms(
  runAs: RunAs,
  home: string,
  { binaries, log }: LodgingRequest,
): Promise<Programs | undefined> {
  const { size, mtimeMs } = await stat(binaries.postgres);
  const copy = join(home, `programs-${size}-${Math.trunc(mtimeMs)}`);
  const isThere = (await stat(copy).catch(() => undefined)) !== undefined;
  if (!isThere) {
    for (const entry of await readdir(home)) {
      if (entry.startsWith('programs-')) await rm(join(home, entry), { recursive: true });
    }
    const unfinished = join(home, 'programs-unfinished');
    await cp(binaries.root, unfinished, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
    });
    await rename(unfinished, copy);
    log?.(
      `PostgreSQL does not run as root, and its user cannot enter ${binaries.root}. It is copied to ${copy}.`,
    );
  }
  return tryPrograms(runAs, binariesAt(copy), home);
}

/** The user needs the way through this folder, not the right to list it. */
async function letOthersPass(home: string): Promise<void> {
  const { mode } = await stat(home);
  if ((mode & 0o011) !== 0o011) await chmod(home, (mode & 0o7777) | 0o011);
}

/** `/var/tmp` outlives a reboot as well. Only throw-away data may go where everything is thrown away. */
async function makeHomeElsewhere(durable: boolean): Promise<string> {
  const errors: unknown[] = [];
  for (const base of durable ? ['/var/lib', '/var/tmp'] : [tmpdir(), '/var/tmp']) {
    try {
      return await mkdtemp(join(base, 'daywatch-postgres-'));
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(errors, 'no folder for the data that PostgreSQL could enter');
}

function cannotRun(folder: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'cannot_run_as_root',
    `PostgreSQL refuses to run as root. Here, root can neither make a user namespace nor become a user who can enter ` +
      `${folder}. Run this as an ordinary user, or move the folder ${basename(folder)} to where every user can enter.`,
  );
}

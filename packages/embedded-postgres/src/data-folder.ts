import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { EmbeddedPostgresError, hasErrno, wrongOwner } from './errors.ts';
import { LOCK_FILE } from './lock.ts';

/** The major version whose data the programs read and write. */
const SERVER_MAJOR = 18;

/** What lies in the data folder, or in the folder that `elsewhere` points to. README.md draws it. */
export const CLUSTER_DIR = 'data';
export const STAGING_DIR = 'initializing';

/**
 * Makes the data folder when it is absent and returns its real path. Throws when it cannot be written to, belongs to
 * another user, or holds something that is not ours: nothing is touched then.
 */
export async function openDataFolder(path: string): Promise<string> {
  try {
    await makeFolder(resolve(path), 0o700);
    const dataDir = await realpath(path);
    await access(dataDir, constants.W_OK | constants.X_OK);
    await refuseForeignContent(dataDir);
    await proveWritable(dataDir);
    return dataDir;
  } catch (error) {
    throw await explainRefusal(error, path);
  }
}

/**
 * Node's own recursive `mkdir` calls every failure ENOENT, a read-only file system too. The folders above get the
 * ordinary mode: another user, who runs PostgreSQL for root, has to get through them.
 */
async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (hasErrno(error, 'ENOENT') && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await makeFolder(path, mode);
    } else if (!hasErrno(error, 'EEXIST') || !(await stat(path)).isDirectory()) {
      throw error;
    }
  }
}

/** Throws when a cluster is of another major version, or is no cluster at all. */
export async function checkClusterVersion(cluster: string): Promise<void> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return '';
    throw error;
  });
  const major = Number.parseInt(text, 10);
  if (major === SERVER_MAJOR) return;
  if (Number.isNaN(major)) {
    throw new EmbeddedPostgresError(
      'not_a_cluster',
      `${cluster} is not a PostgreSQL cluster: it has no PG_VERSION. Restore it from a backup, or move it away.`,
    );
  }
  const isNewer = major > SERVER_MAJOR;
  throw new EmbeddedPostgresError(
    isNewer ? 'data_newer' : 'data_older',
    `The data in ${cluster} was written by PostgreSQL ${major}, and this is PostgreSQL ${SERVER_MAJOR}. ` +
      (isNewer
        ? 'Start it with the newer Daywatch that wrote it, or choose another data folder.'
        : `Dump it with PostgreSQL ${major} and load the dump here, or choose another data folder.`),
  );
}

async function refuseForeignContent(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir);
  if (entries.includes('PG_VERSION')) await checkClusterVersion(dataDir);
  const foreign = entries.filter((entry) => entry !== 'lost+found' && entry !== CHECK_FILE);
  // Asked last: another process may have made the folder ours while it was being listed.
  if (foreign.length === 0 || existsSync(join(dataDir, LOCK_FILE))) return;
  throw new EmbeddedPostgresError(
    'not_a_cluster',
    `${dataDir} is not a data folder of Daywatch: it holds ${foreign.slice(0, 3).join(', ')} and no ${LOCK_FILE}. ` +
      'Choose an empty folder or one that does not exist.',
  );
}

const CHECK_FILE = '.write-check';

/** A full disk often still takes a name, so a block is written. Several processes may do this at once. */
async function proveWritable(dataDir: string): Promise<void> {
  const path = join(dataDir, CHECK_FILE);
  try {
    await writeFile(path, Buffer.alloc(8_192));
  } finally {
    await rm(path, { force: true });
  }
}

/** The bare errors send people the wrong way, "permission denied" above all when they once ran this as root. */
async function explainRefusal(error: unknown, path: string): Promise<unknown> {
  if (hasErrno(error, 'EEXIST', 'ENOTDIR')) {
    const message = `The data folder ${path} cannot be made: there is a file at its place or above.`;
    return new EmbeddedPostgresError('not_a_cluster', message, { cause: error });
  }
  if (!hasErrno(error, 'EACCES')) return error;
  try {
    const owner = (await stat(path)).uid;
    return owner === process.getuid?.() ? error : wrongOwner(path, owner, error);
  } catch {
    // It does not exist, or lies below a folder that is not for us: then the error names the place.
    return error;
  }
}

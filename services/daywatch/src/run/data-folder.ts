import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where one Daywatch keeps everything: the database and the token. */
export interface DataFolder {
  readonly path: string;
  /** The folder of the embedded PostgreSQL. */
  readonly postgres: string;
  /** The token for the command line, mode 0600. */
  readonly token: string;
  /** The connection string of the running database, mode 0600. */
  readonly databaseUrl: string;
  /** Where what was measured waits while the database is away. */
  readonly spool: string;
}

/** Where the data lies: `DAYWATCH_DATA`, or `.daywatch` in the current folder. */
export function locateDataFolder(given: string | undefined): DataFolder {
  const path = resolve(given || '.daywatch');
  return {
    path,
    postgres: join(path, 'postgres'),
    token: join(path, 'token'),
    databaseUrl: join(path, 'database-url'),
    spool: join(path, 'spool'),
  };
}

/** @throws DataFolderError that says why the folder cannot be used. */
export async function makeDataFolder({ path }: DataFolder): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new DataFolderError(path, cause);
  }
}

/** Writes a file that only its owner can read, whole or not at all. */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, path);
  } catch (cause) {
    throw new DataFolderError(path, cause);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'the disk is read-only, or a folder above it is missing',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'something above it is no folder',
  EEXIST: 'it is a file, not a folder',
};

/** The data folder cannot be used. */
class DataFolderError extends Error {
  override readonly name = 'DataFolderError';

  constructor(path: string, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
    super(`the data folder cannot be used: ${path}: ${reason}; choose another with DAYWATCH_DATA`, { cause });
  }
}

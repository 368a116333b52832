import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError, wrongOwner } from './errors.ts';
import { readStartTicks } from './processes.ts';

/** Its presence also marks a folder as one of ours. */
export const LOCK_FILE = 'daywatch-postgres.lock';
const HOLDER_FILE = 'holder.json';

interface Holder {
  readonly pid: number;
  readonly startTicks: string;
}

/**
 * Takes the folder for this process, or throws `locked` with the pid of the process that has it.
 *
 * The lock is the operating system's: an empty SQLite file, held exclusively, which is the one file lock that Node
 * offers. It ends with the process whatever ends that, so there is no stale lock to judge, and it holds between
 * containers that share a folder, where pids mean nothing. The file is never opened by other means: closing any
 * handle on it would drop the lock.
 */
export async function acquireLock(dataDir: string): Promise<AsyncDisposable> {
  const path = join(dataDir, LOCK_FILE);
  await refuseForeignLock(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // A journal in memory, because one on disk would be left behind by a kill.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new EmbeddedPostgresError('locked', await describeHolder(dataDir), { cause: error });
  }
  const holderPath = join(dataDir, HOLDER_FILE);
  const release = async (): Promise<void> => {
    if (!database.isOpen) return;
    await rm(holderPath, { force: true }).catch(() => undefined);
    database.close();
  };
  try {
    // Another user who could read it could hold a shared lock on it and keep us out.
    await chmod(path, 0o600);
    await writeHolder(holderPath);
  } catch (error) {
    await release();
    throw error;
  }
  return { [Symbol.asyncDispose]: release };
}

/** SQLite would open another user's lock for reading only, and fail later with a riddle. */
async function refuseForeignLock(path: string): Promise<void> {
  const owner = (await stat(path).catch(() => undefined))?.uid;
  const self = process.getuid?.();
  if (owner !== undefined && self !== 0 && owner !== self) throw wrongOwner(path, owner);
}

/** SQLITE_BUSY, see https://www.sqlite.org/rescode.html#busy. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

async function writeHolder(path: string): Promise<void> {
  const holder: Holder = { pid: process.pid, startTicks: (await readStartTicks(process.pid)) ?? '' };
  await writeFile(`${path}.new`, JSON.stringify(holder));
  await rename(`${path}.new`, path);
}

/** A winner that has just taken the lock needs a moment to write who it is. */
async function describeHolder(dataDir: string): Promise<string> {
  const deadlineMs = Date.now() + 1_000;
  let who = 'another process';
  while (Date.now() < deadlineMs) {
    const holder = await readHolder(dataDir);
    if (holder !== undefined && (await readStartTicks(holder.pid)) === holder.startTicks) {
      who = `process ${holder.pid}`;
      break;
    }
    await delay(10);
  }
  return `The data folder ${dataDir} is in use by ${who}. Stop that one first, or choose another folder.`;
}

async function readHolder(dataDir: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, HOLDER_FILE), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startEmbeddedPostgres } from '../../src/index.ts';
import { findClusterProcesses, KILL_LADDER, stopClusterProcesses } from '../../src/processes.ts';

/** A folder of its own for one test. Whatever PostgreSQL still runs in its data folder ends with it. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
  /** Does not exist yet. */
  readonly dataDir: string;
  readonly cluster: string;
}

/** Other users can enter it: a test may hand it to one. */
export async function makeTempFolder(): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), 'daywatch-embedded-'));
  await chmod(path, 0o755);
  const dataDir = join(path, 'postgres');
  const remove = async (): Promise<void> => {
    await stopClusterProcesses(foldersIn(dataDir), KILL_LADDER);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  };
  return { path, dataDir, cluster: join(dataDir, 'data'), [Symbol.asyncDispose]: remove };
}

/** The programs of PostgreSQL that work in a data folder, by pid: the server, its children, `initdb`. */
export async function listPrograms(dataDir: string): Promise<readonly number[]> {
  return (await findClusterProcesses(foldersIn(dataDir))).map((process) => process.pid);
}

function foldersIn(dataDir: string): readonly string[] {
  return ['data', 'initializing', 'initializing/data'].map((name) => join(dataDir, name));
}

/** A folder with a cluster that was used and stopped, made once and copied from then on: `initdb` takes a second. */
export async function makeUsedFolder(): Promise<TempFolder> {
  template ??= makeTemplate();
  const [source, folder] = await Promise.all([template, makeTempFolder()]);
  await promisify(execFile)('cp', ['-R', '-p', source.dataDir, folder.dataDir]);
  return folder;
}

let template: Promise<TempFolder> | undefined;

async function makeTemplate(): Promise<TempFolder> {
  const folder = await makeTempFolder();
  const postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
  await postgres.stop();
  return folder;
}

/** For `afterAll` of a file that used {@link makeUsedFolder}. */
export async function removeTemplate(): Promise<void> {
  const folder = await template;
  template = undefined;
  await folder?.[Symbol.asyncDispose]();
}

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDaywatch } from './daywatch.ts';

/** A folder of its own for one test, to run daywatch in. What still works in it ends with it. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
  /** Where `daywatch run` keeps everything when it is started in the folder. */
  readonly data: string;
}

export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'daywatch-run-'));
  // Other users may enter: PostgreSQL may run as one.
  await chmod(path, 0o755);
  const remove = async (): Promise<void> => {
    for (const pid of await listProcesses(path)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  };
  return { path, data: join(path, '.daywatch'), [Symbol.asyncDispose]: remove };
}

/** The processes that work in the folder or below: daywatch itself, PostgreSQL and its children. */
export async function listProcesses(path: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index] === path || folders[index]?.startsWith(`${path}/`));
}

/** A folder in which daywatch ran and was stopped, made once for each test file and copied: that saves a second. */
export async function makeUsedFolder(): Promise<Folder> {
  template ??= makeTemplate();
  const [source, folder] = await Promise.all([template, makeFolder()]);
  await promisify(execFile)('cp', ['-R', '-p', source.data, folder.data]);
  return folder;
}

let template: Promise<Folder> | undefined;

async function makeTemplate(): Promise<Folder> {
  const folder = await makeFolder();
  const daywatch = await startDaywatch(folder);
  await daywatch.stop();
  return folder;
}

/** For `afterAll` of a file that used {@link makeUsedFolder}. */
export async function removeTemplate(): Promise<void> {
  const folder = await template;
  template = undefined;
  await folder?.[Symbol.asyncDispose]();
}

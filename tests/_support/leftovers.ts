import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'daywatch-test-';

/** A folder that names the process it belongs to, so that a later run can tell when it is left over. */
export async function makeServerFolder(kind: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-${kind}-`));
  // Where the run is broken off, the servers end with the process: only the folder would stay.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Ends the servers of runs that were killed, and removes their folders. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    await killServersOf(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The servers' command lines name their data folder. */
async function killServersOf(folder: string): Promise<void> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const commandLine = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    const [program = '', ...words] = commandLine.split('\0');
    if (program.endsWith('postgres') && words.some((word) => word.startsWith(`${folder}/`))) {
      process.kill(Number(entry), 'SIGQUIT');
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

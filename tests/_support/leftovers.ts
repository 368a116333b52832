import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { removeTracesOfTheDead } from './docker-engine-traces.ts';

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
  await removeTracesOfTheDead(isAlive);
}

/** The servers' command lines (PostgreSQL) or environments (RabbitMQ, its port mapper) name their folder. */
const SERVERS: Readonly<Record<string, { readonly namedIn: string; readonly signal: NodeJS.Signals }>> = {
  postgres: { namedIn: 'cmdline', signal: 'SIGQUIT' },
  'beam.smp': { namedIn: 'environ', signal: 'SIGKILL' },
  epmd: { namedIn: 'environ', signal: 'SIGKILL' },
};

async function killServersOf(folder: string): Promise<void> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const [program = ''] = await readWords(pid, 'cmdline');
    const server = SERVERS[basename(program)];
    if (server === undefined) continue;
    const words = await readWords(pid, server.namedIn);
    if (words.some((word) => word.includes(`${folder}/`))) process.kill(Number(pid), server.signal);
  }
}

async function readWords(pid: string, file: string): Promise<readonly string[]> {
  // A process that has gone meanwhile, or is somebody else's, has nothing to say.
  return (await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')).split('\0');
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

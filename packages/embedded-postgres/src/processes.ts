import { readdir, readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A program of PostgreSQL that works in a cluster's folder, whoever started it. */
interface ClusterProcess {
  readonly pid: number;
  readonly parentPid: number;
}

/** The kernel's start time of a process in clock ticks since boot: with the pid it names one process for good. */
export async function readStartTicks(pid: number): Promise<string | undefined> {
  return (await readStat(pid))?.[19];
}

/**
 * Every PostgreSQL program whose working folder is one of `folders`: the server, its children, `initdb`.
 * `postmaster.pid` is not asked, because after a crash its pid may belong to a stranger; the working folder cannot lie.
 */
export async function findClusterProcesses(folders: readonly string[]): Promise<readonly ClusterProcess[]> {
  const wanted = new Set(await Promise.all(folders.map(identify)));
  wanted.delete(undefined);
  if (wanted.size === 0) return [];
  const found: ClusterProcess[] = [];
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (!PROGRAMS.has(name.trim()) || !wanted.has(await identify(`/proc/${pid}/cwd`))) continue;
    const parentPid = Number((await readStat(pid))?.[1] ?? 0);
    found.push({ pid, parentPid });
  }
  return found;
}

/** `unshare` and `setpriv` stand here for the instant before they become `postgres`. */
const PROGRAMS: ReadonlySet<string> = new Set(['postgres', 'initdb', 'unshare']);

/** Signals to try in turn, each with the time it is given. */
export type Ladder = readonly (readonly [signal: NodeJS.Signals, timeoutMs: number])[];

/** A fast shutdown, which ends connections and writes everything; then an immediate one; then no choice. */
export const STOP_LADDER: Ladder = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 10_000],
];

/** For what is not worth a shutdown: a cluster in the making, or a server that never came up. */
export const KILL_LADDER: Ladder = [['SIGKILL', 10_000]];

/** Ends every PostgreSQL program in `folders` and resolves, when all are gone, with how many there were. */
export async function stopClusterProcesses(
  folders: readonly string[],
  ladder: Ladder,
  signal?: AbortSignal,
): Promise<number> {
  const before = await findClusterProcesses(folders);
  if (before.length === 0) return 0;
  for (const [name, timeoutMs] of ladder) {
    if (await tryToStop(folders, name, timeoutMs, signal)) return before.length;
  }
  const pids = before.map((process) => process.pid).join(', ');
  throw new Error(`the processes ${pids} of an earlier PostgreSQL do not end`);
}

async function tryToStop(
  folders: readonly string[],
  name: NodeJS.Signals,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  const told = new Set<number>();
  for (;;) {
    const alive = await findClusterProcesses(folders);
    if (alive.length === 0) return true;
    if (Date.now() > deadlineMs) return false;
    const pids = new Set(alive.map((process) => process.pid));
    for (const { pid, parentPid } of alive) {
      // The server tells its children itself. Children that have lost it are told here, and so is who came since.
      if (told.has(pid) || (name !== 'SIGKILL' && pids.has(parentPid))) continue;
      told.add(pid);
      signalProcess(pid, name);
    }
    await delay(20, undefined, { signal });
  }
}

function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal.
  }
}

async function identify(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/** The fields of `/proc/<pid>/stat` after the program's name, which may itself hold spaces and brackets. */
async function readStat(pid: number): Promise<readonly string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

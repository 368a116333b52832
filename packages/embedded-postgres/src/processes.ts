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

/**
 * Ends every PostgreSQL program in `folders`, as gently as they allow: a fast shutdown of the server, then an
 * immediate one, then `SIGKILL`. Returns how many there were. Resolves when all are gone.
 */
export async function stopClusterProcesses(
  folders: readonly string[],
  fastShutdownMs: number,
  signal?: AbortSignal,
): Promise<number> {
  const before = await findClusterProcesses(folders);
  if (before.length === 0) return 0;
  for (const [name, timeoutMs] of [
    ['SIGINT', fastShutdownMs],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 10_000],
  ] as const) {
    const alive = await findClusterProcesses(folders);
    const pids = new Set(alive.map((process) => process.pid));
    // The server tells its own children; only those without a living parent of their own kind need to be told.
    const heads = alive.filter((process) => name === 'SIGKILL' || !pids.has(process.parentPid));
    for (const { pid } of heads) signalProcess(pid, name);
    if (await waitUntilGone(folders, timeoutMs, signal)) return before.length;
  }
  throw new Error(`processes ${before.map((process) => process.pid).join(', ')} do not end`);
}

async function waitUntilGone(
  folders: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  do {
    if ((await findClusterProcesses(folders)).length === 0) return true;
    await delay(20, undefined, { signal });
  } while (Date.now() < deadlineMs);
  return false;
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

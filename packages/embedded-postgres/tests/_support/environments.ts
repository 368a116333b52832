import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('server-child.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** A command to put before another, so that it runs as somebody else or in a world of its own. */
export type Prefix = readonly string[];

/**
 * An ordinary user: ourselves, or as root the user `nobody`. Where that one cannot get to the sources (a clone below
 * a closed home), root itself in a namespace in which it is an ordinary user.
 */
export async function findOrdinaryUser(): Promise<Prefix> {
  if (!isRoot) return [];
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  if (await works([...nobody, process.execPath, '--check', SCRIPT])) return nobody;
  return ['unshare', '--user', '--map-user=1', '--map-group=1'];
}

/** Root: ourselves, or a namespace in which we are root. Undefined where the machine allows neither. */
export async function findRoot(): Promise<Prefix | undefined> {
  if (isRoot) return [];
  const namespace = ['unshare', '--user', '--map-root-user'];
  return (await works([...namespace, 'true'])) ? namespace : undefined;
}

/**
 * Root where user namespaces are barred, as in most containers: a namespace that knows every user and allows no
 * further one. Only the machine's root can make it; undefined for everybody else.
 */
export async function findContainerRoot(): Promise<Prefix | undefined> {
  const prefix = [process.execPath, fileURLToPath(new URL('enter-container.ts', import.meta.url))];
  return isRoot && (await works([...prefix, 'true'])) ? prefix : undefined;
}

/**
 * A file system of `megabytes` in memory, at `folder`, for the command alone. `setUp` is run in it first; in the end
 * the names in its `postgres` folder are written to `<folder>.names`. Undefined where no mount is allowed.
 */
export async function findSmallDisk(
  folder: string,
  megabytes: number,
  setUp = ':',
): Promise<Prefix | undefined> {
  const namespaces = ['unshare', '--mount', ...(isRoot ? [] : ['--user', '--map-root-user'])];
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && cd "$0"`;
  const script = `${mount} && ${setUp} && { "$@"; ls -A postgres >"$0.names"; }`;
  const isAllowed = await works([...namespaces, 'mount', '-t', 'tmpfs', 'tmpfs', folder]);
  return isAllowed ? [...namespaces, 'sh', '-c', script, folder] : undefined;
}

async function works([file = 'false', ...args]: readonly string[]): Promise<boolean> {
  try {
    await run(file, args, { timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

/** A program that lives until it is disposed of. It has nothing to do with PostgreSQL. */
export function startStranger(): Disposable & { readonly pid: number } {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  return { pid: child.pid ?? 0, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

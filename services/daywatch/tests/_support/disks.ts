import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MAIN } from './run-program.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** A command to put before another, so that it runs as an ordinary user. */
export async function findOrdinaryUser(): Promise<readonly string[]> {
  if (!isRoot) return [];
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  // A clone below a closed home is out of reach for others: then root itself, where it is an ordinary user.
  if (await works([...nobody, process.execPath, '--check', MAIN])) return nobody;
  return ['unshare', '--user', '--map-user=1', '--map-group=1'];
}

/**
 * A command to put before another, so that it finds a file system of `megabytes` in memory at `folder`, in
 * which `setUp` was run. Undefined where no mount is allowed.
 */
export async function findSmallDisk(
  folder: string,
  megabytes: number,
  setUp: string,
): Promise<readonly string[] | undefined> {
  const namespaces = ['unshare', '--mount', ...(isRoot ? [] : ['--user', '--map-root-user'])];
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0"`;
  const script = `${mount} && (cd "$0" && ${setUp}) && exec "$@"`;
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

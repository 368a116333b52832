import { execFile } from 'node:child_process';
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What an engine of the tests' leaves in the kernel when it is killed: bridges and control groups. The default bridge
 * and the groups have this name, which says whose they are and which addresses are theirs: 10.<octet>.0.0/16.
 */
export function nameEngine(pid: number, octet: number): string {
  return `dw-${pid.toString(36)}-${octet}`;
}

/** Removes the traces of engines whose test runs are no more. */
export async function removeTracesOfTheDead(isAlive: (pid: number) => boolean): Promise<void> {
  for (const name of await readdir('/sys/class/net').catch(() => [])) {
    const [, pid] = /^dw-([0-9a-z]+)-\d+$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number.parseInt(pid, 36))) await removeEngineTraces(name);
  }
}

/** Once its processes have gone. */
export async function removeEngineTraces(name: string): Promise<void> {
  const octet = name.split('-').at(-1) ?? '';
  for (const bridge of await listInterfaces(octet))
    await run('ip', ['link', 'delete', bridge]).catch(() => undefined);
  await removeControlGroups(name);
}

/** Those of a name, in every hierarchy, as far as nobody is in them. */
export async function removeControlGroups(name: string): Promise<void> {
  for (const hierarchy of await readdir('/sys/fs/cgroup').catch(() => []))
    await removeGroup(join('/sys/fs/cgroup', hierarchy, name));
  // With one hierarchy for all, the groups lie at its root.
  await removeGroup(join('/sys/fs/cgroup', name));
}

/** Every interface with an address of the engine's own range: its networks are known by nothing else. */
async function listInterfaces(octet: string): Promise<readonly string[]> {
  const { stdout } = await run('ip', ['-o', '-4', 'address', 'show']);
  return stdout.split('\n').flatMap((line) => {
    const [, name, address = ''] = /^\d+: (\S+)\s+inet (\S+)/.exec(line) ?? [];
    return name !== undefined && address.startsWith(`10.${octet}.`) ? [name] : [];
  });
}

/** A control group goes once those in it have gone. */
async function removeGroup(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) await removeGroup(join(path, entry.name));
  await rmdir(path).catch(() => undefined);
}

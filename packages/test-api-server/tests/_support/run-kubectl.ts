import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiServer } from '@daywatch/test-api-server';

/** The real kubectl, with a kubeconfig and a cache of its own. */
export interface Kubectl extends AsyncDisposable {
  /** @returns what it says on standard output @throws Error with all that it says, where it fails */
  readonly run: (...args: readonly string[]) => Promise<string>;
  /** Writes a file that it may be given. @returns its path */
  readonly write: (name: string, object: object) => Promise<string>;
}

export async function openKubectl(server: ApiServer): Promise<Kubectl> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-kubectl-'));
  const write = async (name: string, object: object): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(object));
    return path;
  };
  await writeFile(join(folder, 'config'), server.kubeconfig());
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: join(folder, 'config') };
  return {
    write,
    run: async (...args) => (await promisify(execFile)('kubectl', args, { env })).stdout,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

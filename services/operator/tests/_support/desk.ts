import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { KubeConfig } from '@kubernetes/client-node';
import { fastConfig } from './fast-config.ts';
import { ROOT } from './guide.ts';
import { OPERATOR_ACCOUNT } from './house.ts';
import { runOperator } from './run-operator.ts';

/** Where somebody sits who has a kubeconfig of an empty cluster, kubectl, and a checkout of the repository. */
export interface Desk extends AsyncDisposable {
  readonly server: ApiServer;
  readonly folder: string;
  /** Runs commands of a document in one shell; the first that fails ends it. @returns what they say @throws Error */
  readonly run: (...commands: readonly string[]) => Promise<string>;
  /** Does what the pods of the operator would do, as its service account. */
  readonly startOperator: () => void;
  /** Goes on with the manifests of another version. */
  readonly checkOut: (version: string) => Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await startApiServer({ bookmarkIntervalMs: 500 }));
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-desk-'));
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  await symlink(join(ROOT, 'deployment'), join(folder, 'deployment'));
  await writeFile(join(folder, 'kubeconfig'), server.secureKubeconfig());
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') };
  return {
    server,
    folder,
    async run(...commands) {
      const script = ['-euo', 'pipefail', '-c', commands.join('\n')];
      return (await promisify(execFile)('bash', script, { cwd: folder, env, maxBuffer: 2 ** 24 })).stdout;
    },
    startOperator() {
      const config = new KubeConfig();
      config.loadFromString(server.secureKubeconfig(OPERATOR_ACCOUNT));
      resources.use(runOperator(config, fastConfig()));
    },
    checkOut: (version) => copyManifests(join(folder, 'deployment'), version),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** As the generator would write them of that version. */
async function copyManifests(target: string, version: string): Promise<void> {
  await rm(target);
  await cp(join(ROOT, 'deployment/kubernetes'), join(target, 'kubernetes'), { recursive: true });
  const { version: current } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  for (const file of await readdir(target, { recursive: true })) {
    if (!file.endsWith('.yaml')) continue;
    const text = await readFile(join(target, file), 'utf8');
    const dashed = (of: string): string => of.replaceAll('.', '-');
    await writeFile(
      join(target, file),
      text.replaceAll(current, version).replaceAll(dashed(current), dashed(version)),
    );
  }
}

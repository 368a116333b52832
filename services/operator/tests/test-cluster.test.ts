import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DEFINITIONS } from '@daywatch/installation';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from '../features/support/ask-cluster.ts';
import { describeOperator } from '../src/manifests/describe-deployment.ts';
import { createAdminOver } from './_support/admin.ts';
import type { ScenarioResult } from '../features/support/tally.ts';

const OPERATOR = resolve(import.meta.dirname, '..');
const MAIN = join(OPERATOR, 'features/run-in-cluster.ts');
/** Kinds of which a cluster has none, or some of its own, before the scenarios. */
const KINDS = ['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'];

interface Said {
  readonly code: number;
  readonly all: string;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daywatch-test-cluster-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What `make test-cluster` runs, with nothing of the environment but what is given. */
async function testCluster(
  env: Readonly<Record<string, string>>,
  ...features: readonly string[]
): Promise<Said> {
  const command = ['--pdeathsig', 'KILL', process.execPath, MAIN, ...features];
  const surroundings = { PATH: process.env['PATH'], HOME: folder, ...env };
  const running = promisify(execFile)('setpriv', command, { env: surroundings, maxBuffer: 2 ** 24 });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, all: stdout + stderr }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
      code: error.code,
      all: error.stdout + error.stderr,
    }),
  );
}

async function writeKubeconfig(server: ApiServer): Promise<string> {
  const path = join(folder, `kubeconfig-${server.port}`);
  await writeFile(path, server.secureKubeconfig());
  return path;
}

function listTitles({ objects }: ApiServer): readonly string[] {
  return KINDS.flatMap((kind) =>
    objects.list(kind).map(({ metadata }) => `${kind} ${metadata.name}`),
  ).toSorted();
}

describe('make test-cluster', () => {
  it('should be the command that is tested here', async () => {
    const root = resolve(OPERATOR, '../..');
    const { stdout } = await promisify(execFile)('make', ['--dry-run', 'test-cluster'], { cwd: root });

    expect(stdout.trim().split('\n').at(-1)).toBe('node services/operator/features/run-in-cluster.ts');
  });

  it.each([
    ['to run none at once', { KUBECONFIG: '/nowhere', PARALLEL: '0' }, "PARALLEL is '0'"],
    ['no kubeconfig', {}, 'KUBECONFIG is not set'],
    ['a file that is not there', { KUBECONFIG: '/nowhere' }, "KUBECONFIG: '/nowhere' cannot be read"],
    [
      'a deadline that is none',
      { KUBECONFIG: '/nowhere', DEADLINE_SECONDS: 'soon' },
      "DEADLINE_SECONDS is 'soon'",
    ],
  ])('should refuse %s, and say why', async (_, env, why) => {
    const { code, all } = await testCluster(env);

    expect(all).toContain(`test-cluster: ${why}`);
    expect(code).toBe(1);
  });

  it('should refuse a cluster that does not answer, and one that has an operator', async () => {
    const server = await startApiServer();
    const kubeconfig = await writeKubeconfig(server);
    const [deployment = {}] = describeOperator('default', '0.1.0');
    await applyTo(server, deployment);

    const { code, all } = await testCluster({ KUBECONFIG: kubeconfig });
    await server.stop();
    const afterwards = await testCluster({ KUBECONFIG: kubeconfig });

    expect(all).toContain("test-cluster: an operator runs in namespace 'default' already");
    expect(code).toBe(1);
    expect(afterwards.all).toMatch(/test-cluster: https:.* does not answer as it should: .*ECONNREFUSED/);
    expect(afterwards.code).toBe(1);
  });

  it('should pass in a cluster of which it has nothing but a kubeconfig, and leave nothing behind', async () => {
    await using server = await startApiServer();
    const before = listTitles(server);
    const report = join(folder, 'report.json');

    const { code, all } = await testCluster({
      KUBECONFIG: await writeKubeconfig(server),
      REPORT: report,
      PARALLEL: '6',
    });

    const results = JSON.parse(await readFile(report, 'utf8')) as readonly ScenarioResult[];
    expect(results.filter(({ status }) => status !== 'PASSED')).toEqual([]);
    expect(code).toBe(0);
    expect(all).toContain(`Testing in ${server.url.replace('http:', 'https:')}`);
    expect(all).toContain('Left out: scenarios with the tag @test-server');
    expect(results.length).toBeGreaterThan(25);
    expect(listTitles(server)).toEqual(before);
  }, 900_000);

  it('should neither change nor remove the custom resources of a cluster that has them', async () => {
    await using server = await startApiServer();
    for (const definition of DEFINITIONS) await applyTo(server, definition);
    const before = server.objects.list('CustomResourceDefinition');

    const { code } = await testCluster({ KUBECONFIG: await writeKubeconfig(server) }, 'removing.feature');

    expect(code).toBe(0);
    const versions = before.map(({ metadata }) => `${metadata.name} ${metadata.generation}`);
    expect(
      server.objects
        .list('CustomResourceDefinition')
        .map(({ metadata }) => `${metadata.name} ${metadata.generation}`),
    ).toEqual(versions);
  });
});

/** As whoever has the kubeconfig of the administrator. */
async function applyTo(server: ApiServer, object: object): Promise<void> {
  const config = new KubeConfig();
  config.loadFromString(server.secureKubeconfig());
  await using client = openClient(config);
  await createAdminOver(client.ask).apply(object);
}

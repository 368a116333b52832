import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { openHouse, type House } from './_support/house.ts';

const MANIFESTS = join(import.meta.dirname, '../../../deployment/kubernetes');

/** What a person does and sees, with the manifests and the examples that the README names. */
describe.skipIf(!hasKubectl())('kubectl', () => {
  let house: House;
  let folder: string;

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'daywatch-kubectl-'));
    await writeFile(join(folder, 'config'), house.server.secureKubeconfig());
    house.startOperator();
    await house.admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'daywatch' } });
    await kubectl('apply', '--server-side', '--force-conflicts', '-k', join(MANIFESTS, 'crds'));
    await kubectl('apply', '-f', join(MANIFESTS, 'examples/small.yaml'));
    await kubectl('wait', '--for=condition=Available', '--timeout=60s', 'daywatch/daywatch');
    await kubectl('wait', '--for=jsonpath={.status.version}=0.1.0', '--timeout=60s', 'daywatch/daywatch');
  });

  afterAll(async () => {
    await house[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** What it prints; what it complains about is in the error. */
  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      'kubectl',
      [
        `--kubeconfig=${join(folder, 'config')}`,
        `--cache-dir=${join(folder, 'cache')}`,
        '--namespace=daywatch',
        ...args,
      ],
      { timeout: 90_000, env: { ...process.env, HOME: folder } },
    );
    return stdout;
  }

  async function columns(...args: string[]): Promise<readonly (readonly string[])[]> {
    const lines = (await kubectl('get', ...args)).trimEnd().split('\n');
    return lines.map((line) => line.split(/\s{2,}/));
  }

  it('should show in columns how an installation is', async () => {
    expect(await columns('daywatches')).toEqual([
      ['NAME', 'VERSION', 'AVAILABLE', 'PROGRESSING', 'DEGRADED', 'AGE'],
      ['daywatch', '0.1.0', 'True', 'Complete', 'False', expect.stringMatching(/^\d+m?\d*s$/)],
    ]);
    const [head, row] = await columns('dw', '--output=wide');
    expect(head).toEqual([
      'NAME',
      'VERSION',
      'AVAILABLE',
      'PROGRESSING',
      'DEGRADED',
      'MESSAGE',
      'URL',
      'AGE',
    ]);
    expect(row?.slice(5, 7)).toEqual(['version 0.1.0 is in place', 'http://daywatch.localhost/']);
  });

  it('should show in columns whether targets are watched, and why not', async () => {
    await kubectl('apply', '-f', join(MANIFESTS, 'examples/targets.yaml'));
    const accepted = '--for=jsonpath={.status.conditions[?(@.type=="Accepted")].status}=True';
    await kubectl('wait', accepted, '--timeout=60s', 'scrapetarget/gometr', 'healthcheck/page');

    const [head, row] = await columns('scrapetargets');
    expect(head).toEqual(['NAME', 'INSTALLATION', 'TARGETS', 'ACCEPTED', 'RESULT', 'MESSAGE', 'AGE']);
    expect(row?.slice(0, 4)).toEqual(['gometr', 'daywatch', '2', 'True']);
    expect(await kubectl('get', 'daywatch-all', '--output=name')).toContain('healthcheck.daywatch.dev/page');
  });

  it('should tell what happened in a description', async () => {
    const description = await kubectl('describe', 'daywatch', 'daywatch');
    expect(description).toMatch(/Normal\s+Installing\s+.*\s+daywatch-operator\s+Progressing is True/);
  });

  it('should scale', async () => {
    await kubectl('scale', 'daywatch/daywatch', '--replicas=3');
    await kubectl('wait', '--for=jsonpath={.status.replicas}=3', '--timeout=60s', 'daywatch/daywatch');
    await kubectl('rollout', 'status', 'deployment/daywatch-calendar-api', '--timeout=60s');

    const ready = ['deployment/daywatch-calendar-api', '--output=jsonpath={.status.readyReplicas}'];
    expect(await kubectl('get', ...ready)).toBe('3');
  });

  it('should refuse in words what makes no sense', async () => {
    const patch = JSON.stringify({ spec: { version: 'latest' } });
    await expect(kubectl('patch', 'daywatch', 'daywatch', '--type=merge', '--patch', patch)).rejects.toThrow(
      'spec.version: Invalid value: "latest"',
    );
    const both = JSON.stringify({ spec: { url: 'http://a.example' } });
    await expect(kubectl('patch', 'hc', 'page', '--type=merge', '--patch', both)).rejects.toThrow(
      'give exactly one of url, service and pods',
    );
  });

  it('should remove an installation and come back only when it is gone', async () => {
    await kubectl('delete', 'daywatch', 'daywatch', '--timeout=60s');

    expect(house.server.objects.get('Daywatch', 'daywatch', 'daywatch')).toBeUndefined();
    expect(await kubectl('get', 'persistentvolumeclaims', '--output=name')).toContain(
      'persistentvolumeclaim/data-daywatch-database-0',
    );
  });
});

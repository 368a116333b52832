import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { startApiServer, type ApiServer, type JsonObject } from '../src/index.ts';
import { deployment } from './_support/call.ts';
import { widget, widgetDefinition } from './_support/widget.ts';

describe.skipIf(!hasKubectl())('kubectl', () => {
  let server: ApiServer;
  let folder: string;

  beforeAll(async () => {
    server = await startApiServer();
    folder = await mkdtemp(join(tmpdir(), 'daywatch-kubectl-'));
    await writeFile(join(folder, 'config'), server.secureKubeconfig());
    const items = [widgetDefinition(), deployment('web', 'app:1')];
    await writeFile(join(folder, 'objects.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    await writeFile(join(folder, 'widget.json'), JSON.stringify(widget('first')));
    await kubectl('apply', '-f', join(folder, 'objects.json'));
    await kubectl('wait', '--for=condition=Established', '--timeout=20s', 'crd/widgets.example.org');
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What it prints; what it complains about is in the error. */
  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      'kubectl',
      [`--kubeconfig=${join(folder, 'config')}`, `--cache-dir=${join(folder, 'cache')}`, ...args],
      { timeout: 30_000, env: { ...process.env, HOME: folder } },
    );
    return stdout;
  }

  it('should apply a custom resource and print its columns', async () => {
    await kubectl('apply', '-f', join(folder, 'widget.json'));
    const [head = '', row = ''] = (await kubectl('get', 'wd')).split('\n');

    expect(head.split(/\s+/)).toEqual(['NAME', 'SIZE', 'READY', 'AGE']);
    expect(row).toMatch(/^first\s+3\s+\d+s$/);
  });

  it('should say that nothing changes when the same is applied', async () => {
    await kubectl('apply', '-f', join(folder, 'widget.json'));

    expect(await kubectl('apply', '-f', join(folder, 'widget.json'))).toBe(
      'widget.example.org/first unchanged\n',
    );
  });

  it('should print what is wrong', async () => {
    await writeFile(join(folder, 'wrong.json'), JSON.stringify(widget('wrong', { color: 'green' })));

    await expect(kubectl('apply', '-f', join(folder, 'wrong.json'))).rejects.toThrow(
      'The Widget "wrong" is invalid: spec.color: Unsupported value: "green": supported values: "red", "blue"',
    );
  });

  it('should apply on the server, and be refused what others own', async () => {
    await kubectl('apply', '-f', join(folder, 'widget.json'));
    await kubectl('scale', 'widget/first', '--replicas=7');
    await writeFile(join(folder, 'sized.json'), JSON.stringify(widget('first', { color: 'blue', size: 5 })));
    const args = ['apply', '--server-side', '--field-manager=other', '-f', join(folder, 'sized.json')];

    await expect(kubectl(...args)).rejects.toThrow('Apply failed with 1 conflict');
    expect(await kubectl(...args, '--force-conflicts')).toBe('widget.example.org/first serverside-applied\n');
  });

  it('should wait for a Deployment, change its image, and see it rolled out', async () => {
    await kubectl('rollout', 'status', 'deployment/web', '--timeout=20s');
    await kubectl('set', 'image', 'deployment/web', 'main=app:2');

    expect(await kubectl('rollout', 'status', 'deployment/web', '--timeout=20s')).toContain(
      'successfully rolled out',
    );
    const images = server.objects
      .list('Pod')
      .map(({ spec }) => (spec as { containers: JsonObject[] }).containers[0]?.['image']);
    expect(images).toEqual(['app:2', 'app:2']);
  });

  it('should delete and wait until it is gone', async () => {
    await kubectl('apply', '-f', join(folder, 'widget.json'));
    await kubectl('delete', 'wd', 'first', '--timeout=20s');

    expect(server.objects.list('Widget')).toEqual([]);
  });

  it('should explain a kind and its fields', async () => {
    expect(await kubectl('explain', 'widget')).toMatch(/KIND: +Widget\n/);
    expect(await kubectl('explain', 'widget.spec')).toMatch(/size\s+<integer>/);
  });

  it('should be refused a field that there is not', async () => {
    await writeFile(join(folder, 'unknown.json'), JSON.stringify(widget('unknown', { sails: 3 })));
    await expect(kubectl('apply', '-f', join(folder, 'unknown.json'))).rejects.toThrow(
      /unknown field "?(spec\.)?sails/,
    );
  });

  it('should let an administrator be somebody else, and nobody else', async () => {
    await expect(kubectl('get', 'widgets', '--as=system:serviceaccount:default:robot')).rejects.toThrow(
      'User "system:serviceaccount:default:robot" cannot list resource "widgets"',
    );
    const token = `--token=${server.token({ namespace: 'default', name: 'robot' })}`;
    await expect(kubectl('get', 'widgets', token, '--as=kubernetes-admin')).rejects.toThrow(
      'cannot impersonate "kubernetes-admin"',
    );
  });

  it('should create a Namespace and a Secret, which it does not send as JSON', async () => {
    await kubectl('create', 'namespace', 'safe');
    await kubectl('create', 'secret', 'generic', 'keys', '--namespace=safe', '--from-literal=one=first');

    expect(server.objects.get('Secret', 'safe', 'keys')).toMatchObject({
      type: 'Opaque',
      data: { one: Buffer.from('first').toString('base64') },
    });
  });

  it('should say that this is no Kubernetes', async () => {
    expect(await kubectl('version', '-o', 'json')).toContain('daywatch-test');
  });
});

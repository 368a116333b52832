import {
  ApiException,
  AppsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  V1MicroTime,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { startApiServer, type ApiServer } from '../src/index.ts';
import { deployment } from './_support/call.ts';

describe.each(['kubeconfig', 'secureKubeconfig'] as const)('@kubernetes/client-node with %s', (kind) => {
  let server: ApiServer;
  let config: KubeConfig;
  let core: CoreV1Api;

  beforeAll(async () => {
    server = await startApiServer();
    config = new KubeConfig();
    config.loadFromString(server[kind]());
    core = config.makeApiClient(CoreV1Api);
  });

  afterAll(() => server.stop());

  it('should create, read, replace and delete', async () => {
    const namespace = 'default';
    const made = await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'a' }, data: { x: '1' } },
    });
    const read = await core.readNamespacedConfigMap({ namespace, name: 'a' });
    await core.replaceNamespacedConfigMap({
      namespace,
      name: 'a',
      body: Object.assign(structuredClone(read), { data: { x: '2' } }),
    });
    const stale = core.replaceNamespacedConfigMap({
      namespace,
      name: 'a',
      body: Object.assign(structuredClone(read), { data: { x: '3' } }),
    });

    expect(made.metadata?.uid).toBe(read.metadata?.uid);
    await expect(stale).rejects.toSatisfy((error) => error instanceof ApiException && error.code === 409);
    expect(await core.deleteNamespacedConfigMap({ namespace, name: 'a' })).toMatchObject({
      status: 'Success',
    });
  });

  it('should keep an informer up to date over a watch that ends', async () => {
    const informer = makeInformer(config, '/api/v1/namespaces/default/configmaps', () =>
      core.listNamespacedConfigMap({ namespace: 'default' }),
    );
    const seen = new Set<string>();
    informer.on('add', ({ metadata }) => seen.add(metadata?.name ?? ''));
    informer.on('error', () => void informer.start());
    await informer.start();
    await waitFor('the informer to watch', () => server.openWatches === 1, 10_000);
    server.faults.closeWatches();
    await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name: 'heard' } } });
    await waitFor('the informer to hear of it', () => seen.has('heard'), 20_000);
    await informer.stop();
  });

  it('should watch by hand', async () => {
    const seen: string[] = [];
    const watch = new Watch(config);
    const aborter = await watch.watch(
      '/apis/apps/v1/deployments',
      { timeoutSeconds: 30 },
      (type) => seen.push(type),
      () => {},
    );
    const apps = config.makeApiClient(AppsV1Api);
    await apps.createNamespacedDeployment({
      namespace: 'default',
      body: deployment('watched', 'app:1', 1) as never,
    });
    await waitFor(
      'it to be added and changed',
      () => seen.includes('ADDED') && seen.includes('MODIFIED'),
      10_000,
    );
    aborter.abort();
  });

  it('should hold a Lease against others', async () => {
    const leases = config.makeApiClient(CoordinationV1Api);
    const namespace = 'default';
    const spec = (holderIdentity: string) => ({
      holderIdentity,
      leaseDurationSeconds: 15,
      renewTime: new V1MicroTime(),
    });
    const lease = await leases.createNamespacedLease({
      namespace,
      body: { metadata: { name: 'leader' }, spec: spec('one') },
    });
    await leases.replaceNamespacedLease({
      namespace,
      name: 'leader',
      body: { metadata: lease.metadata ?? {}, spec: spec('one') },
    });
    const late = leases.replaceNamespacedLease({
      namespace,
      name: 'leader',
      body: { metadata: lease.metadata ?? {}, spec: spec('two') },
    });

    await expect(late).rejects.toSatisfy((error) => error instanceof ApiException && error.code === 409);
  });
});

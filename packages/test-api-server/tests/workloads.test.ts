import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer, type JsonObject } from '../src/index.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { caller, deployment, DEPLOYMENTS, job, podTemplate } from './_support/call.ts';

const JOBS = '/apis/batch/v1/namespaces/default/jobs';
const SETS = '/apis/apps/v1/namespaces/default/statefulsets';
const merge = 'application/merge-patch+json';

describe('workloads', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    server = await startApiServer();
    call = caller(server);
  });

  afterEach(() => server.stop());

  const statusOf = (kind: string, name: string): JsonObject =>
    (server.objects.get(kind, 'default', name)?.['status'] ?? {}) as JsonObject;
  const conditionOf = (kind: string, name: string, type: string): JsonObject | undefined =>
    ((statusOf(kind, name)['conditions'] ?? []) as JsonObject[]).find((each) => each['type'] === type);
  const images = (): readonly string[] =>
    server.objects
      .list('Pod')
      .map(({ spec }) => (spec as { containers: { image: string }[] }).containers[0]?.image ?? '')
      .toSorted((left, right) => left.localeCompare(right));
  const isRolledOut = (name: string, generation: number) => () =>
    statusOf('Deployment', name)['observedGeneration'] === generation &&
    conditionOf('Deployment', name, 'Progressing')?.['reason'] === 'NewReplicaSetAvailable';

  it('should bring a Deployment to life, and roll it to another image', async () => {
    await call('POST', DEPLOYMENTS, deployment('web', 'app:1'));
    await waitFor('the first image', isRolledOut('web', 1), 10_000);
    expect(images()).toEqual(['app:1', 'app:1']);
    await call('PATCH', `${DEPLOYMENTS}/web`, { spec: { template: podTemplate('web', 'app:2') } }, merge);
    await waitFor('the second image', isRolledOut('web', 2), 10_000);

    expect(images()).toEqual(['app:2', 'app:2']);
    expect(statusOf('Deployment', 'web')).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
    });
  });

  it('should let a namespace go in which Pods were just about to be made', async () => {
    for (let round = 0; round < 20; round++) {
      const name = `shop-${round}`;
      await call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      const deployments = `/apis/apps/v1/namespaces/${name}/deployments`;
      await call('POST', deployments, { ...deployment('web', 'app:1'), metadata: { name: 'web' } });
      const pods = (): readonly {
        readonly metadata: { readonly name: string; readonly namespace?: string };
      }[] => server.objects.list('Pod').filter(({ metadata }) => metadata.namespace === name);
      await waitFor('its Pods', () => pods().length === 2);
      // The one takes a Pod away that is made again, the other forbids that.
      await Promise.all([
        ...pods().map((pod) => call('DELETE', `/api/v1/namespaces/${name}/pods/${pod.metadata.name}`)),
        call('DELETE', `/api/v1/namespaces/${name}`),
      ]);
      await waitFor('it to be gone', () => server.objects.get('Namespace', undefined, name) === undefined);
    }
  });

  it('should keep the old Pods while the new image cannot be pulled, and say so in time', async () => {
    await call('POST', DEPLOYMENTS, deployment('web', 'app:1'));
    await waitFor('the first image', isRolledOut('web', 1), 10_000);
    const spec = { progressDeadlineSeconds: 1, template: podTemplate('web', 'broken:2') };
    await call('PATCH', `${DEPLOYMENTS}/web`, { spec }, merge);
    await waitFor(
      'the deadline to pass',
      () => conditionOf('Deployment', 'web', 'Progressing')?.['reason'] === 'ProgressDeadlineExceeded',
      10_000,
    );

    expect(images()).toEqual(['app:1', 'app:1', 'broken:2']);
    expect(conditionOf('Deployment', 'web', 'Available')).toMatchObject({ status: 'True' });
  });

  it('should give a StatefulSet its Pods in order, with claims that outlive it', async () => {
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } };
    await call('POST', SETS, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: podTemplate('db', 'db:1'),
        volumeClaimTemplates: [claim],
      },
    });
    await waitFor('both to be ready', () => statusOf('StatefulSet', 'db')['readyReplicas'] === 2, 10_000);
    expect(server.objects.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['db-0', 'db-1']);
    await call('PATCH', `${SETS}/db`, { spec: { template: podTemplate('db', 'db:2') } }, merge);
    await waitFor(
      'the second image',
      () => images().join() === 'db:2,db:2' && statusOf('StatefulSet', 'db')['readyReplicas'] === 2,
      10_000,
    );
    await call('DELETE', `${SETS}/db`);
    await waitFor('its Pods to be gone', () => server.objects.list('Pod').length === 0, 10_000);

    expect(server.objects.list('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
      'data-db-0',
      'data-db-1',
    ]);
  });

  it.each([
    ['OrderedReady', 'db:wrong'],
    ['Parallel', 'db:2'],
  ])(
    'should replace a Pod of a StatefulSet that cannot become ready only where it is Parallel: %s',
    async (policy, image) => {
      server.workloads.isImageBroken = (each) => each === 'db:wrong';
      await call('POST', SETS, {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'db' },
        spec: {
          replicas: 1,
          serviceName: 'db',
          podManagementPolicy: policy,
          selector: { matchLabels: { app: 'db' } },
          template: podTemplate('db', 'db:wrong'),
        },
      });
      await waitFor('its Pod', () => images().join() === 'db:wrong', 10_000);
      await call('PATCH', `${SETS}/db`, { spec: { template: podTemplate('db', 'db:2') } }, merge);
      await waitFor(
        'the correction to be seen',
        () => statusOf('StatefulSet', 'db')['observedGeneration'] === 2,
        10_000,
      );
      await waitFor('what comes of it', () => images().length === 1, 10_000);

      expect(images()).toEqual([image]);
    },
  );

  it('should run a Job to its end, once', async () => {
    await call('POST', JOBS, job('once', 'app:1'));
    await waitFor('it to be complete', () => conditionOf('Job', 'once', 'Complete') !== undefined, 10_000);

    expect(statusOf('Job', 'once')).toMatchObject({ succeeded: 1 });
    expect(server.workloads.jobRuns).toMatchObject([{ outcome: 'succeed' }]);
  });

  it('should try a failing Job as often as it says, and no more', async () => {
    server.workloads.runJob = () => 'fail';
    await call('POST', JOBS, job('failing', 'app:1', { backoffLimit: 2 }));
    await waitFor('it to have failed', () => conditionOf('Job', 'failing', 'Failed') !== undefined, 10_000);

    expect(conditionOf('Job', 'failing', 'Failed')).toMatchObject({ reason: 'BackoffLimitExceeded' });
    expect(server.workloads.jobRuns).toHaveLength(3);
  });

  it('should end a Job that hangs when its time is over, and tell whoever runs it', async () => {
    let isAborted = false;
    server.workloads.runJob = (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          isAborted = true;
          resolve('fail');
        });
      });
    await call('POST', JOBS, job('hanging', 'app:1', { activeDeadlineSeconds: 1 }));
    await waitFor('it to have failed', () => conditionOf('Job', 'hanging', 'Failed') !== undefined, 10_000);

    expect(conditionOf('Job', 'hanging', 'Failed')).toMatchObject({ reason: 'DeadlineExceeded' });
    await waitFor('the run to be told', () => isAborted, 10_000);
  });

  it('should orphan the Pods of a Job that is deleted without a word on them', async () => {
    server.workloads.runJob = () => 'hang';
    await call('POST', JOBS, job('left', 'app:1'));
    await waitFor('its Pod', () => server.workloads.jobRuns.length === 1, 10_000);
    await call('DELETE', `${JOBS}/left`);
    await waitFor('the Job to be gone', () => server.objects.get('Job', 'default', 'left') === undefined);

    expect(server.objects.list('Pod')).toHaveLength(1);
  });

  it('should list the Pods of a Service, with the port that is meant', async () => {
    const template = podTemplate('web', 'app:1');
    const web = deployment('web', 'app:1', 1);
    const ports = [{ name: 'metrics', containerPort: 9100 }];
    await call('POST', DEPLOYMENTS, {
      ...web,
      spec: {
        ...(web['spec'] as JsonObject),
        template: { ...template, spec: { containers: [{ name: 'main', image: 'app:1', ports }] } },
      },
    });
    await call('POST', '/api/v1/namespaces/default/services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ name: 'metrics', port: 80, targetPort: 'metrics' }] },
    });
    const slices = () =>
      server.objects.list('EndpointSlice', { labelSelector: 'kubernetes.io/service-name=web' });
    await waitFor(
      'a ready endpoint',
      () =>
        (slices()[0]?.['endpoints'] as { conditions: { ready: boolean } }[] | undefined)?.[0]?.conditions
          .ready === true,
      10_000,
    );

    expect(slices()[0]).toMatchObject({ ports: [{ name: 'metrics', port: 9100, protocol: 'TCP' }] });
  });
});

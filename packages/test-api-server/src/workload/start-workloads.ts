import type { ApiState } from '../api-state.ts';
import { controllerOf, writeStatus } from '../control/controller-write.ts';
import { LaterQueue } from '../control/later-queue.ts';
import { ApiError } from '../object/api-error.ts';
import { valueAt, type KubeObject } from '../object/kube-object.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { keyOfObject, objectKey, type StoreEvent } from '../store/store-event.ts';
import { createCluster, type Cluster } from './cluster.ts';
import { settleDeployment } from './deployment-controller.ts';
import { ProgressWatch } from './deployment-progress.ts';
import { settleEndpoints } from './endpoint-slices.ts';
import { settleJob } from './job-controller.ts';
import { JobRunner } from './job-runner.ts';
import { runPod } from './kubelet.ts';
import { settleReplicaSet } from './replica-set-controller.ts';
import { settleStatefulSet } from './stateful-set-controller.ts';
import type { MutableWorkloads } from './workload-settings.ts';

type Settle = (object: KubeObject) => void;

/** Plays the controllers and the node of a cluster. @returns a function that ends it */
export function startWorkloads(state: ApiState, workloads: MutableWorkloads): () => void {
  const lookAgain: Cluster['lookAgain'] = ({ storageKey, key }, ms) =>
    queue.addAfter(`${storageKey}|${key}`, ms);
  const cluster = createCluster(state, workloads, lookAgain);
  const runner = new JobRunner(cluster);
  const settlers = toSettlers(cluster, runner);
  const queue = new LaterQueue((text) => {
    const [storageKey = '', key = ''] = text.split('|');
    const [namespace, name = ''] = key.split('/');
    const object = state.store.get(storageKey, namespace, name);
    if (object !== undefined) unlessForbidden(() => settlers[storageKey]?.(object));
  });
  const unsubscribe = state.store.subscribe((event) => {
    if (event.storageKey === '/pods' && event.type === 'DELETED') runner.abort(event.object);
    for (const [storageKey, key] of concerned(state, event)) queue.add(`${storageKey}|${key}`);
  });
  return () => {
    unsubscribe();
    queue.stop();
    runner.stop();
  };
}

/** In a namespace that is about to go nothing can be made any more, and what was to be kept up goes with it. */
function unlessForbidden(settle: () => void): void {
  try {
    settle();
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 403)) throw error;
  }
}

function toSettlers(cluster: Cluster, runner: JobRunner): Readonly<Record<string, Settle>> {
  const { state, resources } = cluster;
  const progress = new ProgressWatch(state.clock);
  return {
    '/pods': (pod) => {
      runPod(cluster, pod);
      runner.start(state.store.get('/pods', pod.metadata.namespace, pod.metadata.name) ?? pod);
    },
    '/services': (service) => settleEndpoints(cluster, service),
    '/persistentvolumeclaims': (claim) => {
      if (valueAt(claim, ['status', 'phase']) !== 'Bound')
        writeStatus(state, resources.claims, claim, { phase: 'Bound' });
    },
    'apps/deployments': (deployment) => settleDeployment(cluster, progress, deployment),
    'apps/replicasets': (set) => settleReplicaSet(cluster, set),
    'apps/statefulsets': (set) => settleStatefulSet(cluster, set),
    'batch/jobs': (job) => settleJob(cluster, job),
  };
}

/** Whom a write concerns: the object, what controls it, and for a Pod the Services of its namespace. */
function* concerned(
  { store, registry }: ApiState,
  { storageKey, object }: StoreEvent,
): Generator<readonly [storageKey: string, key: string]> {
  const { namespace } = object.metadata;
  yield [storageKey, keyOfObject(object)];
  const owner = controllerOf(object);
  const resource = owner === undefined ? undefined : registry.ofKind(owner.apiVersion, owner.kind);
  if (owner !== undefined && resource !== undefined)
    yield [storageKeyOf(resource), objectKey(namespace, owner.name)];
  if (storageKey === '/pods')
    for (const service of store.list('/services', namespace)) yield ['/services', keyOfObject(service)];
}

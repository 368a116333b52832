import { timeNow } from '../api-state.ts';
import {
  AS_CONTROLLER,
  controlledBy,
  controllerReference,
  withConditions,
  writeObject,
  writeStatus,
} from '../control/controller-write.ts';
import {
  isJsonObject,
  toText,
  valueAt,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../object/kube-object.ts';
import { keyOfObject } from '../store/store-event.ts';
import { createObject } from '../write/create-object.ts';
import type { Cluster } from './cluster.ts';
import { describeProgress, type ProgressWatch } from './deployment-progress.ts';
import { hashTemplate } from './pods.ts';

const HASH = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';

interface Sets {
  readonly wanted: number;
  readonly current: KubeObject;
  readonly old: readonly KubeObject[];
}

/** Moves Pods from old ReplicaSets to that of the current template, never below what must be available. */
export function settleDeployment(cluster: Cluster, watch: ProgressWatch, deployment: KubeObject): void {
  if (deployment.metadata.deletionTimestamp !== undefined) return;
  const { state, resources } = cluster;
  const hash = hashTemplate(valueAt(deployment, ['spec', 'template']));
  const sets = controlledBy(state, resources.replicaSets, deployment);
  const current = sets.find(({ metadata }) => metadata.labels?.[HASH] === hash);
  if (current === undefined) {
    // Its own event brings the Deployment back here.
    createReplicaSet(cluster, deployment, hash, sets);
    return;
  }
  const wanted = Number(valueAt(deployment, ['spec', 'replicas']) ?? 1);
  const all = { wanted, current, old: sets.filter((each) => each !== current) };
  roll(cluster, deployment, all);
  report(cluster, watch, deployment, all);
}

function createReplicaSet(
  { state, resources }: Cluster,
  deployment: KubeObject,
  hash: string,
  sets: readonly KubeObject[],
): void {
  const { metadata } = deployment;
  const template = valueAt(deployment, ['spec', 'template']);
  const labels = { ...(valueAt(template, ['metadata', 'labels']) as Record<string, string>), [HASH]: hash };
  const selector = (valueAt(deployment, ['spec', 'selector', 'matchLabels']) ?? {}) as JsonObject;
  const revision = 1 + Math.max(0, ...sets.map((set) => Number(set.metadata.annotations?.[REVISION] ?? 0)));
  createObject(
    state,
    resources.replicaSets,
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${metadata.name}-${hash}`,
        ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
        labels,
        annotations: { [REVISION]: String(revision) },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { ...selector, [HASH]: hash } },
        template: {
          ...(isJsonObject(template) ? template : {}),
          metadata: { ...(valueAt(template, ['metadata']) as JsonObject), labels },
        },
      },
    },
    AS_CONTROLLER,
  );
  // The real controller writes the revision on the Deployment too: a field that its owner did not set.
  const annotations = { ...metadata.annotations, [REVISION]: String(revision) };
  writeObject(state, resources.deployments, deployment, {
    ...deployment,
    metadata: { ...metadata, annotations },
  });
}

function roll(cluster: Cluster, deployment: KubeObject, { wanted, current, old }: Sets): void {
  const oldCount = sum(old, 'spec', 'replicas');
  if (valueAt(deployment, ['spec', 'strategy', 'type']) === 'Recreate') {
    for (const set of old) scale(cluster, set, 0);
    if (sum(old, 'status', 'replicas') === 0) scale(cluster, current, wanted);
    return;
  }
  const { surge, unavailable } = limitsOf(deployment, wanted);
  const have = replicasOf(current, 'spec', 'replicas');
  const room = wanted + surge - oldCount;
  scale(cluster, current, Math.min(wanted, Math.max(room, Math.min(have, wanted))));

  const ready = replicasOf(current, 'status', 'readyReplicas');
  let removable = oldCount + ready - (wanted - unavailable);
  for (const set of old) {
    const count = replicasOf(set, 'spec', 'replicas');
    const less = Math.min(count, Math.max(0, removable));
    removable -= less;
    scale(cluster, set, count - less);
  }
}

function scale({ state, resources }: Cluster, set: KubeObject, replicas: number): void {
  if (replicasOf(set, 'spec', 'replicas') === replicas) return;
  const { spec } = set;
  writeObject(state, resources.replicaSets, set, {
    ...set,
    spec: { ...(isJsonObject(spec) ? spec : {}), replicas },
  });
}

/** How many Pods there may be too many and too few; percentages are of what is wanted. */
function limitsOf(deployment: KubeObject, wanted: number): { surge: number; unavailable: number } {
  const read = (field: string, round: (value: number) => number): number => {
    const value: Json = valueAt(deployment, ['spec', 'strategy', 'rollingUpdate', field]) ?? '25%';
    return typeof value === 'number' ? value : round((Number.parseInt(toText(value), 10) * wanted) / 100);
  };
  const surge = read('maxSurge', Math.ceil);
  const unavailable = read('maxUnavailable', Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function report(
  cluster: Cluster,
  watch: ProgressWatch,
  deployment: KubeObject,
  { wanted, current, old }: Sets,
): void {
  const { state, resources, lookAgain } = cluster;
  const sets = [current, ...old];
  const updated = replicasOf(current, 'status', 'replicas');
  const replicas = sum(sets, 'status', 'replicas');
  const ready = sum(sets, 'status', 'readyReplicas');
  const { unavailable } = limitsOf(deployment, wanted);
  const isComplete =
    replicasOf(current, 'status', 'readyReplicas') === wanted && updated === wanted && replicas === wanted;
  const deadlineMs = Number(valueAt(deployment, ['spec', 'progressDeadlineSeconds']) ?? 600) * 1000;
  const leftMs = watch.leftMs(
    deployment,
    { updated, replicas, ready, set: current.metadata.name },
    deadlineMs,
  );
  if (!isComplete && leftMs > 0)
    lookAgain({ storageKey: 'apps/deployments', key: keyOfObject(deployment) }, leftMs);
  const conditions = describeProgress({
    isAvailable: ready >= wanted - unavailable,
    isComplete,
    isLate: leftMs <= 0,
    setName: current.metadata.name,
  });
  const latest = state.store.get('apps/deployments', deployment.metadata.namespace, deployment.metadata.name);
  if (latest === undefined) return;
  writeStatus(state, resources.deployments, latest, {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    ...(ready < wanted && { unavailableReplicas: wanted - ready }),
    conditions: withConditions(latest, conditions, timeNow(state)),
  });
}

function sum(sets: readonly KubeObject[], ...path: readonly string[]): number {
  return sets.reduce((total, set) => total + replicasOf(set, ...path), 0);
}

function replicasOf(set: KubeObject, ...path: readonly string[]): number {
  return Number(valueAt(set, path) ?? 0);
}

import { controlledBy, writeStatus } from '../control/controller-write.ts';
import { valueAt, type KubeObject } from '../object/kube-object.ts';
import type { Cluster } from './cluster.ts';
import { createPod, isReady, removePod } from './pods.ts';

/** Keeps as many Pods as are wanted; of those that are too many, the unready go first. */
export function settleReplicaSet(cluster: Cluster, set: KubeObject): void {
  if (set.metadata.deletionTimestamp !== undefined) return;
  const { state, resources } = cluster;
  const wanted = Number(valueAt(set, ['spec', 'replicas']) ?? 1);
  const pods = controlledBy(state, resources.pods, set);
  for (let count = pods.length; count < wanted; count += 1)
    createPod(cluster, set, { generateName: `${set.metadata.name}-` }, {});
  const byWorth = pods.toSorted((left, right) => Number(isReady(left)) - Number(isReady(right)));
  for (const pod of byWorth.slice(0, Math.max(0, pods.length - wanted))) removePod(cluster, pod);

  const left = controlledBy(state, resources.pods, set);
  const ready = left.filter(isReady).length;
  writeStatus(state, resources.replicaSets, set, {
    replicas: left.length,
    fullyLabeledReplicas: left.length,
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    observedGeneration: set.metadata.generation ?? 1,
  });
}

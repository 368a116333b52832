import { AS_CONTROLLER, controlledBy, writeStatus } from '../control/controller-write.ts';
import { isJsonObject, valueAt, type Json, type KubeObject } from '../object/kube-object.ts';
import { createObject } from '../write/create-object.ts';
import type { Cluster } from './cluster.ts';
import { createPod, hashTemplate, isReady, removePod } from './pods.ts';

const REVISION = 'controller-revision-hash';

/**
 * Keeps Pods `name-0` to `name-(n-1)`, each with its claims: one after the other upwards, and from the last
 * downwards when the template changes, each waited for. `Parallel` makes them at once, and replaces also those that do
 * not become ready. Claims stay when the set goes, unless its policy says otherwise.
 */
export function settleStatefulSet(cluster: Cluster, set: KubeObject): void {
  if (set.metadata.deletionTimestamp !== undefined) return;
  const { state, resources } = cluster;
  const wanted = Number(valueAt(set, ['spec', 'replicas']) ?? 1);
  const revision = `${set.metadata.name}-${hashTemplate(valueAt(set, ['spec', 'template']))}`;
  const pods = controlledBy(state, resources.pods, set).toSorted(
    (left, right) => ordinalOf(left) - ordinalOf(right),
  );
  step(cluster, set, pods, wanted, revision);
  report(cluster, set, revision);
}

/** One move at a time: the event of each brings the set back here. */
function step(
  cluster: Cluster,
  set: KubeObject,
  pods: readonly KubeObject[],
  wanted: number,
  revision: string,
): void {
  const isParallel = valueAt(set, ['spec', 'podManagementPolicy']) === 'Parallel';
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const pod = pods.find((each) => ordinalOf(each) === ordinal);
    if (pod === undefined) {
      createMember(cluster, set, ordinal, revision);
      if (!isParallel) return;
      // One of an older revision that cannot become ready is waited for, too, and its mended template never comes.
    } else if (!isParallel && !isReady(pod)) return;
  }
  const surplus = pods.findLast((pod) => ordinalOf(pod) >= wanted);
  if (surplus !== undefined) {
    removePod(cluster, surplus);
    return;
  }
  if (valueAt(set, ['spec', 'updateStrategy', 'type']) === 'OnDelete') return;
  for (const pod of pods.toReversed()) {
    if (pod.metadata.labels?.[REVISION] !== revision) {
      removePod(cluster, pod);
      return;
    }
    if (!isReady(pod)) return;
  }
}

function createMember(cluster: Cluster, set: KubeObject, ordinal: number, revision: string): void {
  const { state, resources } = cluster;
  const name = `${set.metadata.name}-${ordinal}`;
  const templates = valueAt(set, ['spec', 'volumeClaimTemplates']);
  const claims = (Array.isArray(templates) ? templates : []) as unknown as readonly KubeObject[];
  for (const claim of claims) {
    const claimName = `${claim.metadata.name}-${name}`;
    if (state.store.get('/persistentvolumeclaims', set.metadata.namespace, claimName) === undefined)
      createObject(state, resources.claims, toClaim(set, claim, claimName), AS_CONTROLLER);
  }
  const labels = {
    [REVISION]: revision,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(ordinal),
  };
  const mounted: Json[] = claims.map(({ metadata }) => ({
    name: metadata.name,
    persistentVolumeClaim: { claimName: `${metadata.name}-${name}` },
  }));
  const given = valueAt(set, ['spec', 'template', 'spec', 'volumes']);
  const volumes = [...(Array.isArray(given) ? given : []), ...mounted];
  createPod(cluster, set, { name }, labels, { hostname: name, ...(volumes.length > 0 && { volumes }) });
}

function toClaim(set: KubeObject, claim: KubeObject, name: string): KubeObject {
  const { metadata } = claim;
  const labels = {
    ...(valueAt(set, ['spec', 'selector', 'matchLabels']) as Record<string, string>),
    ...metadata.labels,
  };
  const isDeletedToo =
    valueAt(set, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted']) === 'Delete';
  const { apiVersion, kind } = set;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      ...(set.metadata.namespace !== undefined && { namespace: set.metadata.namespace }),
      labels,
      ...(metadata.annotations !== undefined && { annotations: metadata.annotations }),
      ...(isDeletedToo && {
        ownerReferences: [{ apiVersion, kind, name: set.metadata.name, uid: set.metadata.uid ?? '' }],
      }),
    },
    spec: isJsonObject(claim['spec']) ? claim['spec'] : {},
  };
}

function report({ state, resources }: Cluster, set: KubeObject, revision: string): void {
  const pods = controlledBy(state, resources.pods, set);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter(({ metadata }) => metadata.labels?.[REVISION] === revision).length;
  const wanted = Number(valueAt(set, ['spec', 'replicas']) ?? 1);
  const before = valueAt(set, ['status', 'currentRevision']);
  const isDone = updated === wanted && pods.length === wanted && ready === wanted;
  writeStatus(state, resources.statefulSets, set, {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: pods.length,
    ...(ready > 0 && { readyReplicas: ready }),
    availableReplicas: ready,
    ...(updated > 0 && { updatedReplicas: updated }),
    currentRevision: isDone || typeof before !== 'string' ? revision : before,
    updateRevision: revision,
    collisionCount: 0,
  });
}

function ordinalOf({ metadata }: KubeObject): number {
  return Number(/-(?<ordinal>\d+)$/.exec(metadata.name)?.groups?.['ordinal'] ?? -1);
}

import type { LiveDeployment, LivePod, LiveStatefulSet } from '../cluster/live-objects.ts';

/** How far the pods of a workload are as they should be. */
export type Rollout =
  | { readonly kind: 'done' }
  /** It takes its time. */
  | { readonly kind: 'waiting'; readonly message: string }
  /** It has not come about in time, and will not without a change. */
  | { readonly kind: 'failed'; readonly message: string };

export function judgeDeployment(live: LiveDeployment, pods: readonly LivePod[]): Rollout {
  const { spec, status, metadata } = live;
  const wanted = spec?.replicas ?? 1;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status ?? {};
  const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (isSeen && updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= wanted) {
    return { kind: 'done' };
  }
  const progress = status?.conditions?.find(({ type }) => type === 'Progressing');
  const message = withTrouble(
    `of ${wanted} replicas ${Math.min(updatedReplicas, wanted)} are new, ${Math.min(availableReplicas, wanted)} are available`,
    pods,
  );
  // Of an older generation it says nothing about this one.
  const isFailed = isSeen && progress?.status === 'False' && progress.reason === 'ProgressDeadlineExceeded';
  return { kind: isFailed ? 'failed' : 'waiting', message };
}

export function judgeStatefulSet(live: LiveStatefulSet, pods: readonly LivePod[]): Rollout {
  const { spec, status, metadata } = live;
  const wanted = spec?.replicas ?? 1;
  const { readyReplicas = 0, currentRevision, updateRevision } = status ?? {};
  const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (isSeen && readyReplicas >= wanted && currentRevision === updateRevision) return { kind: 'done' };
  return { kind: 'waiting', message: withTrouble(`${readyReplicas} of ${wanted} replicas are ready`, pods) };
}

/** What holds up one of the pods says more than how many there are. */
function withTrouble(message: string, pods: readonly LivePod[]): string {
  const troubled = pods.find(({ trouble }) => trouble !== undefined);
  return troubled === undefined ? message : `${message}: pod ${troubled.metadata.name}: ${troubled.trouble}`;
}

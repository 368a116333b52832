import { timeNow } from '../api-state.ts';
import { withConditions, writeStatus } from '../control/controller-write.ts';
import { valueAt, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import { keyOfObject } from '../store/store-event.ts';
import type { Cluster } from './cluster.ts';
import { imagesOf, phaseOf } from './pods.ts';

/** Plays the node: a Pod whose images can be pulled runs and is ready after the time that Pods take. */
export function runPod(cluster: Cluster, pod: KubeObject): void {
  const { state, workloads, resources, lookAgain } = cluster;
  if (phaseOf(pod) !== 'Pending' || pod.metadata.deletionTimestamp !== undefined) return;
  const broken = imagesOf(pod).find((image) => workloads.isImageBroken(image));
  if (broken !== undefined) {
    writeStatus(state, resources.pods, pod, waiting(pod, broken, timeNow(state)));
    return;
  }
  const ageMs = state.clock.now() - startOf(pod, state.clock.now());
  if (ageMs >= workloads.startupMs)
    writeStatus(state, resources.pods, pod, running(pod, timeNow(state), !isOfJob(pod)));
  else lookAgain({ storageKey: '/pods', key: keyOfObject(pod) }, workloads.startupMs - ageMs);
}

const starts = new WeakMap<KubeObject, number>();

/** Times of objects are whole seconds, so the node counts for itself from when it first saw a Pod. */
function startOf(pod: KubeObject, now: number): number {
  const known = starts.get(pod) ?? now;
  starts.set(pod, known);
  return known;
}

export function isOfJob({ metadata }: KubeObject): boolean {
  return metadata.ownerReferences?.some(({ kind }) => kind === 'Job') === true;
}

/** The status of a Pod that ended. */
export function ended(pod: KubeObject, isSuccess: boolean, now: string): JsonObject {
  const condition = {
    status: 'False',
    reason: isSuccess ? 'PodCompleted' : 'PodFailed',
    message: '',
  } as const;
  return {
    ...(pod['status'] as JsonObject),
    phase: isSuccess ? 'Succeeded' : 'Failed',
    conditions: withConditions(pod, [{ type: 'Ready', ...condition }], now),
    containerStatuses: containerStatuses(pod, {
      terminated: { exitCode: isSuccess ? 0 : 1, reason: isSuccess ? 'Completed' : 'Error' },
    }),
  };
}

function running(pod: KubeObject, now: string, isReady: boolean): JsonObject {
  const status = isReady ? 'True' : 'False';
  const conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(
    (type) => ({ type, status: type.endsWith('Ready') ? status : 'True', reason: '', message: '' }) as const,
  );
  return {
    phase: 'Running',
    qosClass: 'BestEffort',
    conditions: withConditions(pod, conditions, now),
    podIP: addressOf(pod),
    podIPs: [{ ip: addressOf(pod) }],
    startTime: now,
    containerStatuses: containerStatuses(pod, { running: { startedAt: now } }, isReady),
  };
}

function waiting(pod: KubeObject, image: string, now: string): JsonObject {
  const message = `Back-off pulling image "${image}"`;
  const conditions = [
    { type: 'PodScheduled', status: 'True', reason: '', message: '' },
    { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers are not ready' },
  ] as const;
  return {
    phase: 'Pending',
    qosClass: 'BestEffort',
    conditions: withConditions(pod, conditions, now),
    startTime: (valueAt(pod, ['status', 'startTime']) as string | undefined) ?? now,
    containerStatuses: containerStatuses(pod, { waiting: { reason: 'ImagePullBackOff', message } }),
  };
}

function containerStatuses(pod: KubeObject, state: JsonObject, isReady = false): JsonObject[] {
  const containers = valueAt(pod, ['spec', 'containers']);
  return (Array.isArray(containers) ? containers : []).map((container) => {
    const { name = '', image = '' } = container as { readonly name?: string; readonly image?: string };
    return { name, image, imageID: image, ready: isReady, restartCount: 0, started: isReady, state };
  });
}

/** An address of its own for every Pod, from its uid. */
function addressOf({ metadata }: KubeObject): string {
  const number = Number.parseInt((metadata.uid ?? '0').slice(0, 6), 16);
  return `10.244.${(number >> 8) & 255}.${number & 255 || 1}`;
}

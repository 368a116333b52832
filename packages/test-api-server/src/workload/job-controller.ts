import { timeNow } from '../api-state.ts';
import { controlledBy, withConditions, writeStatus } from '../control/controller-write.ts';
import { isJsonObject, toText, valueAt, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { keyOfObject } from '../store/store-event.ts';
import { deleteObject } from '../write/delete-object.ts';
import type { Cluster } from './cluster.ts';
import { createPod, phaseOf, removePod } from './pods.ts';

/** Runs a Pod until one succeeds, or too many have failed, or the time is over. */
export function settleJob(cluster: Cluster, job: KubeObject): void {
  if (job.metadata.deletionTimestamp !== undefined || isSuspended(job)) return;
  if (isFinished(job)) {
    expire(cluster, job);
    return;
  }
  const { state, resources, lookAgain } = cluster;
  const pods = controlledBy(state, resources.pods, job);
  const failed = pods.filter((pod) => phaseOf(pod) === 'Failed');
  const succeeded = pods.some((pod) => phaseOf(pod) === 'Succeeded');
  const active = pods.filter((pod) => phaseOf(pod) === 'Pending' || phaseOf(pod) === 'Running');
  const limit = Number(valueAt(job, ['spec', 'backoffLimit']) ?? 6);
  const leftMs = timeLeftMs(cluster, job);

  if (succeeded) return finish(cluster, job, COMPLETE, failed.length);
  if (failed.length > limit) return finish(cluster, job, TOO_MANY_FAILURES, failed.length);
  if (leftMs <= 0) {
    for (const pod of active) removePod(cluster, pod);
    return finish(cluster, job, TOO_LATE, failed.length);
  }
  if (active.length === 0) createPod(cluster, job, { generateName: `${job.metadata.name}-` }, {});
  if (Number.isFinite(leftMs)) lookAgain({ storageKey: 'batch/jobs', key: keyOfObject(job) }, leftMs);
  writeStatus(state, resources.jobs, job, {
    ...statusOf(job),
    startTime: valueAt(job, ['status', 'startTime']) ?? timeNow(state),
    active: 1,
    ready: active.filter((pod) => phaseOf(pod) === 'Running').length,
    ...(failed.length > 0 && { failed: failed.length }),
    terminating: 0,
    uncountedTerminatedPods: {},
  });
}

const COMPLETE = {
  type: 'Complete',
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
} as const;

const TOO_MANY_FAILURES = {
  type: 'Failed',
  status: 'True',
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
} as const;

const TOO_LATE = {
  type: 'Failed',
  status: 'True',
  reason: 'DeadlineExceeded',
  message: 'Job was active longer than specified deadline',
} as const;

type End = typeof COMPLETE | typeof TOO_MANY_FAILURES | typeof TOO_LATE;

function finish({ state, resources }: Cluster, job: KubeObject, end: End, failed: number): void {
  const now = timeNow(state);
  const { active: _, ...status } = statusOf(job);
  writeStatus(state, resources.jobs, job, {
    ...status,
    startTime: status['startTime'] ?? now,
    ready: 0,
    ...(end.type === 'Complete' && { succeeded: 1, completionTime: now }),
    ...(failed > 0 && { failed }),
    conditions: withConditions(job, [end], now),
  });
}

function statusOf({ status }: KubeObject): JsonObject {
  return isJsonObject(status) ? status : {};
}

function isSuspended(job: KubeObject): boolean {
  return valueAt(job, ['spec', 'suspend']) === true;
}

function isFinished(job: KubeObject): boolean {
  const conditions = valueAt(job, ['status', 'conditions']);
  return Array.isArray(conditions) && conditions.length > 0;
}

function timeLeftMs({ state }: Cluster, job: KubeObject): number {
  const seconds = valueAt(job, ['spec', 'activeDeadlineSeconds']);
  if (typeof seconds !== 'number') return Number.POSITIVE_INFINITY;
  const start = valueAt(job, ['status', 'startTime']);
  const startMs = typeof start === 'string' ? Date.parse(start) : state.clock.now();
  return startMs + seconds * 1000 - state.clock.now();
}

/** A finished Job goes by itself where it says after what time. */
function expire({ state, resources, lookAgain }: Cluster, job: KubeObject): void {
  const seconds = valueAt(job, ['spec', 'ttlSecondsAfterFinished']);
  if (typeof seconds !== 'number') return;
  const [condition] = (valueAt(job, ['status', 'conditions']) ?? []) as JsonObject[];
  const leftMs = Date.parse(toText(condition?.['lastTransitionTime'])) + seconds * 1000 - state.clock.now();
  if (leftMs > 0) lookAgain({ storageKey: storageKeyOf(resources.jobs), key: keyOfObject(job) }, leftMs);
  else deleteObject(state, resources.jobs, job, { propagation: 'Foreground', isDryRun: false });
}

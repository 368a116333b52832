import type { Clock } from '../api-state.ts';
import type { KubeObject } from '../object/kube-object.ts';

interface Counts {
  readonly updated: number;
  readonly replicas: number;
  readonly ready: number;
  readonly set: string;
}

/** Since when each Deployment stands still. */
export class ProgressWatch {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly counts: string; readonly sinceMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long a Deployment may still stand at these numbers before it is late; 0 or less when it is. */
  leftMs({ metadata }: KubeObject, counts: Counts, deadlineMs: number): number {
    const uid = metadata.uid ?? '';
    const text = JSON.stringify(counts);
    const known = this.#seen.get(uid);
    if (known?.counts === text) return known.sinceMs + deadlineMs - this.#clock.now();
    this.#seen.set(uid, { counts: text, sinceMs: this.#clock.now() });
    return deadlineMs;
  }
}

interface Progress {
  readonly isAvailable: boolean;
  readonly isComplete: boolean;
  readonly isLate: boolean;
  readonly setName: string;
}

/** The conditions `Available` and `Progressing`, in the words of the real controller. */
export function describeProgress({ isAvailable, isComplete, isLate, setName }: Progress) {
  const available = isAvailable
    ? ({
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      } as const)
    : ({
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      } as const);
  return [
    { type: 'Available', ...available },
    { type: 'Progressing', ...describeMove(isComplete, isLate, setName) },
  ] as const;
}

function describeMove(isComplete: boolean, isLate: boolean, setName: string) {
  if (isComplete)
    return {
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${setName}" has successfully progressed.`,
    } as const;
  if (isLate)
    return {
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${setName}" has timed out progressing.`,
    } as const;
  return {
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${setName}" is progressing.`,
  } as const;
}

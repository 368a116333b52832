import type { KubeObject } from '../cluster/kube-object.ts';
import { FINALIZER } from './names.ts';
import type { Sight, Write } from './view.ts';

/** What is left of an installation that its owner does not take along when it goes. */
export interface Remains {
  readonly volumes: readonly KubeObject[];
  /** The Secrets that were made for it, and are there. */
  readonly secrets: readonly KubeObject[];
  /** Why there may be more: something could not be looked at. */
  readonly unseen?: string;
}

export interface RemovalPlan {
  readonly writes: readonly Write[];
  /** Whether nothing holds the Daywatch any longer. */
  readonly isDone: boolean;
  readonly message: string;
  readonly againAfterMs?: number;
}

/** After that the Daywatch goes, whatever is still there: a removal never hangs. */
const GIVE_UP_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 2_000;

type Removed = Pick<Sight, 'daywatch' | 'owned' | 'nowMs'>;

/**
 * Lets a Daywatch go. Everything that belongs to it goes after it by itself. Volumes and the passwords for what is on
 * them stay, unless `deletionPolicy` is `Delete`: then the processes go first, since a volume that is in use would stay.
 */
export function planRemoval(view: Removed, remains: Remains): RemovalPlan {
  const { daywatch } = view;
  if (!(daywatch.metadata.finalizers ?? []).includes(FINALIZER)) {
    return { writes: [], isDone: true, message: 'it is being removed' };
  }
  if (daywatch.spec.deletionPolicy === 'Retain') {
    return { writes: [], isDone: true, message: describeKept(remains) };
  }
  const workloads = view.owned.filter(
    ({ kind }) => kind === 'StatefulSet' || kind === 'Deployment' || kind === 'Job',
  );
  if (workloads.length > 0 && !isOverdue(view)) {
    return {
      writes: workloads.filter(isStillWanted).map((object) => remove(object, 'Foreground')),
      isDone: false,
      message: `waits for ${describeAll(workloads)} to end`,
      againAfterMs: LOOK_AGAIN_MS,
    };
  }
  const left = [...remains.volumes, ...remains.secrets];
  const writes = left.filter(isStillWanted).map((object) => remove(object, 'Background'));
  if (remains.unseen !== undefined && !isOverdue(view)) {
    const message = `cannot see what is left: ${remains.unseen}`;
    return { writes, isDone: false, message, againAfterMs: LOOK_AGAIN_MS };
  }
  // A volume that is on its way out goes by itself as soon as nobody uses it.
  return {
    writes,
    isDone: true,
    message: left.length === 0 ? describeKept(remains) : `deletes ${describeAll(left)}`,
  };
}

function describeKept({ volumes, secrets, unseen }: Remains): string {
  const kept = describeAll([...volumes, ...secrets]);
  if (unseen !== undefined) return `what it leaves behind could not be looked at: ${unseen}`;
  return kept === '' ? 'it leaves nothing behind' : `it leaves behind ${kept}`;
}

/** Whether it has been on its way out for so long that it goes now, whatever is still there. */
export function isOverdue({ daywatch, nowMs }: Pick<Sight, 'daywatch' | 'nowMs'>): boolean {
  const sinceMs = Date.parse(daywatch.metadata.deletionTimestamp ?? '');
  return nowMs - sinceMs >= GIVE_UP_MS;
}

function isStillWanted({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp === undefined;
}

function remove(object: KubeObject, propagation: 'Foreground' | 'Background'): Write {
  return { kind: 'delete', object, propagation };
}

function describeAll(objects: readonly KubeObject[]): string {
  return objects.map(({ kind, metadata }) => `${kind} '${metadata.name}'`).join(', ');
}

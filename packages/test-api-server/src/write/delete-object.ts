import { timeNow, type ApiState } from '../api-state.ts';
import { ApiError, badRequest, conflict } from '../object/api-error.ts';
import { isJsonObject, type Json, type KubeObject } from '../object/kube-object.ts';
import { storageKeyOf, type ResourceType } from '../resource/resource-type.ts';
import { isDeletable } from './replace-object.ts';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly propagation?: Propagation;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly isDryRun: boolean;
}

/** From the body, or from the query where there is none. @throws ApiError 400, 422 */
export function parseDeleteOptions(body: Json | undefined, query: URLSearchParams): DeleteOptions {
  const { propagationPolicy, preconditions, dryRun, orphanDependents } = isJsonObject(body) ? body : {};
  const policy = propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  const { uid, resourceVersion } = isJsonObject(preconditions) ? preconditions : {};
  const orphan =
    typeof orphanDependents === 'boolean' ? (orphanDependents ? 'Orphan' : 'Background') : undefined;
  const propagation = policy ?? orphan;
  return {
    ...(propagation !== undefined && { propagation: toPropagation(propagation) }),
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
    isDryRun: (Array.isArray(dryRun) && dryRun.includes('All')) || query.getAll('dryRun').includes('All'),
  };
}

/**
 * Removes an object, or marks it as being deleted where finalizers are to be waited for.
 *
 * @returns what is left of it; `isGone` tells whether that is nothing
 * @throws ApiError 409 where a precondition does not hold
 */
export function deleteObject(
  state: ApiState,
  resource: ResourceType,
  existing: KubeObject,
  options: DeleteOptions,
): { readonly object: KubeObject; readonly isGone: boolean } {
  checkPreconditions(resource, existing, options);
  const marked = markDeleted(state, existing, finalizersFor(resource, existing, options));
  const isGone = isDeletable(marked);
  if (options.isDryRun) return { object: marked, isGone };
  const storageKey = storageKeyOf(resource);
  if (isGone) return { object: state.store.remove(storageKey, marked), isGone };
  const isNews =
    existing.metadata.deletionTimestamp === undefined ||
    existing.metadata.finalizers?.length !== marked.metadata.finalizers?.length;
  return { object: isNews ? state.store.put(storageKey, marked) : existing, isGone };
}

function checkPreconditions(
  resource: ResourceType,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(
      resource,
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid ?? ''}`,
    );
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw conflict(
      resource,
      metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object ` +
        `meta: ${metadata.resourceVersion ?? ''}`,
    );
}

function finalizersFor(resource: ResourceType, { metadata }: KubeObject, options: DeleteOptions): string[] {
  const others = (metadata.finalizers ?? []).filter((each) => each !== FOREGROUND && each !== ORPHAN);
  const had = (metadata.finalizers ?? []).filter((each) => !others.includes(each));
  switch (options.propagation ?? defaultPropagation(resource, had)) {
    case 'Foreground':
      return [...others, FOREGROUND];
    case 'Orphan':
      return [...others, ORPHAN];
    default:
      return others;
  }
}

/** A Job orphans its Pods unless told otherwise: an old habit of batch/v1 that surprises who forgets it. */
function defaultPropagation({ group, plural }: ResourceType, had: readonly string[]): Propagation {
  if (had.includes(FOREGROUND)) return 'Foreground';
  if (had.includes(ORPHAN) || (group === 'batch' && plural === 'jobs')) return 'Orphan';
  return 'Background';
}

function markDeleted(state: ApiState, existing: KubeObject, finalizers: string[]): KubeObject {
  const { finalizers: _, ...metadata } = existing.metadata;
  const isFirst = metadata.deletionTimestamp === undefined;
  const marked: KubeObject = {
    ...existing,
    metadata: {
      ...metadata,
      ...(finalizers.length > 0 && { finalizers }),
      deletionTimestamp: metadata.deletionTimestamp ?? timeNow(state),
      deletionGracePeriodSeconds: 0,
      ...(isFirst && metadata.generation !== undefined && { generation: metadata.generation + 1 }),
    },
  };
  return existing.kind === 'Namespace' && existing.apiVersion === 'v1'
    ? { ...marked, status: { phase: 'Terminating' } }
    : marked;
}

function toPropagation(policy: Json): Propagation {
  if (policy === 'Background' || policy === 'Foreground' || policy === 'Orphan') return policy;
  if (typeof policy !== 'string') throw badRequest('propagationPolicy must be a string');
  throw new ApiError(
    422,
    'Invalid',
    `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "${policy}": supported ` +
      'values: "Foreground", "Background", "Orphan", "nil"',
  );
}

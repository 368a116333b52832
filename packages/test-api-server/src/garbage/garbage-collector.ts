import type { ApiState } from '../api-state.ts';
import { LaterQueue } from '../control/later-queue.ts';
import type { KubeObject, OwnerReference } from '../object/kube-object.ts';
import { storageKeyOf, type ResourceType } from '../resource/resource-type.ts';
import { keyOfObject } from '../store/store-event.ts';
import { deleteObject, FOREGROUND, ORPHAN } from '../write/delete-object.ts';
import { isDeletable } from '../write/replace-object.ts';
import { DependentIndex, type Located } from './dependent-index.ts';

/**
 * Removes what has lost all its owners, and lets owners go that wait for that: `foregroundDeletion` until their
 * dependents are gone, `orphan` until these have forgotten them. @returns a function that ends it
 */
export function startGarbageCollector(state: ApiState): () => void {
  const index = new DependentIndex();
  const queue = new LaterQueue((text) => {
    const [storageKey = '', key = ''] = text.split('|');
    const [namespace, name = ''] = key.split('/');
    const object = state.store.get(storageKey, namespace === '' ? undefined : namespace, name);
    if (object !== undefined) settle(state, index, { storageKey, object });
  });
  const look = ({ storageKey, object }: Located): void => queue.add(`${storageKey}|${keyOfObject(object)}`);
  const unsubscribe = state.store.subscribe(({ storageKey, type, object }) => {
    const located = { storageKey, object };
    if (type === 'DELETED') index.remove(object);
    else index.set(located);
    look(located);
    // Whoever depends on it may have lost an owner; whoever it depends on may wait for it to be gone.
    if (type === 'DELETED') {
      for (const dependent of index.dependentsOf(object.metadata.uid)) look(dependent);
      for (const owner of index.find(object.metadata.ownerReferences?.map(({ uid }) => uid) ?? []))
        look(owner);
    }
  });
  return () => {
    unsubscribe();
    queue.stop();
  };
}

function settle(state: ApiState, index: DependentIndex, located: Located): void {
  const { storageKey, object } = located;
  const resource = state.registry.inStorage(storageKey);
  if (resource === undefined) return;
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp !== undefined && finalizers.includes(ORPHAN)) orphan(state, index, resource, object);
  else if (deletionTimestamp !== undefined && finalizers.includes(FOREGROUND))
    awaitDependents(state, index, resource, object);
  else if (deletionTimestamp === undefined) collect(state, resource, object);
}

/** An owner is there if an object of its kind, name and uid is, in the same namespace or in none. */
function findOwner(
  state: ApiState,
  { metadata }: KubeObject,
  reference: OwnerReference,
): KubeObject | undefined {
  const resource = state.registry.ofKind(reference.apiVersion, reference.kind);
  if (resource === undefined) return undefined;
  const namespace = resource.isNamespaced ? metadata.namespace : undefined;
  const owner = state.store.get(storageKeyOf(resource), namespace, reference.name);
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

function collect(state: ApiState, resource: ResourceType, object: KubeObject): void {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return;
  const present = references.filter((each) => findOwner(state, object, each) !== undefined);
  if (present.length === 0)
    deleteObject(state, resource, object, { propagation: 'Background', isDryRun: false });
  else if (present.length < references.length)
    state.store.put(storageKeyOf(resource), {
      ...object,
      metadata: { ...object.metadata, ownerReferences: present },
    });
}

/** Dependents are deleted too; those that do not block are not waited for. */
function awaitDependents(
  state: ApiState,
  index: DependentIndex,
  resource: ResourceType,
  owner: KubeObject,
): void {
  const { uid } = owner.metadata;
  for (const { storageKey, object } of index.dependentsOf(uid)) {
    const type = state.registry.inStorage(storageKey);
    if (type === undefined || object.metadata.deletionTimestamp !== undefined) continue;
    const hasOwn = index.dependentsOf(object.metadata.uid).length > 0;
    deleteObject(state, type, object, { propagation: hasOwn ? 'Foreground' : 'Background', isDryRun: false });
  }
  const isBlocked = index
    .dependentsOf(uid)
    .some(({ object }) =>
      object.metadata.ownerReferences?.some((each) => each.uid === uid && each.blockOwnerDeletion === true),
    );
  if (!isBlocked) dropFinalizer(state, resource, owner, FOREGROUND);
}

function orphan(state: ApiState, index: DependentIndex, resource: ResourceType, owner: KubeObject): void {
  const { uid } = owner.metadata;
  for (const { storageKey, object } of index.dependentsOf(uid)) {
    const { ownerReferences = [], ...metadata } = object.metadata;
    const others = ownerReferences.filter((each) => each.uid !== uid);
    state.store.put(storageKey, {
      ...object,
      metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) },
    });
  }
  dropFinalizer(state, resource, owner, ORPHAN);
}

function dropFinalizer(state: ApiState, resource: ResourceType, object: KubeObject, finalizer: string): void {
  const { finalizers = [], ...metadata } = object.metadata;
  const others = finalizers.filter((each) => each !== finalizer);
  const next: KubeObject = {
    ...object,
    metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) },
  };
  if (isDeletable(next)) state.store.remove(storageKeyOf(resource), next);
  else state.store.put(storageKeyOf(resource), next);
}

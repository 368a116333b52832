import type { ApiState } from '../api-state.ts';
import { AS_CONTROLLER } from '../control/controller-write.ts';
import { LaterQueue } from '../control/later-queue.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { createObject } from '../write/create-object.ts';
import { deleteObject } from '../write/delete-object.ts';

const STORAGE_KEY = '/namespaces';

/** Gives every namespace its `default` account, and empties those that are deleted before they go. */
export function startNamespaces(state: ApiState): () => void {
  const queue = new LaterQueue((name) => settle(state, name));
  const unsubscribe = state.store.subscribe(({ storageKey, type, object }) => {
    if (storageKey === STORAGE_KEY) queue.add(object.metadata.name);
    else if (type === 'DELETED' && object.metadata.namespace !== undefined)
      queue.add(object.metadata.namespace);
  });
  for (const { metadata } of state.store.list(STORAGE_KEY)) queue.add(metadata.name);
  return () => {
    unsubscribe();
    queue.stop();
  };
}

function settle(state: ApiState, name: string): void {
  const namespace = state.store.get(STORAGE_KEY, undefined, name);
  if (namespace === undefined) return;
  if (namespace.metadata.deletionTimestamp === undefined) addAccount(state, name);
  else empty(state, namespace);
}

function addAccount(state: ApiState, namespace: string): void {
  if (state.store.get('/serviceaccounts', namespace, 'default') !== undefined) return;
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
  createObject(state, state.registry.named('serviceaccounts'), account, AS_CONTROLLER);
}

function empty(state: ApiState, namespace: KubeObject): void {
  const { name } = namespace.metadata;
  const namespaced = state.registry.all().filter(({ isNamespaced }) => isNamespaced);
  for (const resource of namespaced)
    for (const object of state.store.list(storageKeyOf(resource), name))
      if (object.metadata.deletionTimestamp === undefined)
        deleteObject(state, resource, object, { propagation: 'Background', isDryRun: false });
  const isEmpty = namespaced.every((each) => state.store.list(storageKeyOf(each), name).length === 0);
  const isWaitedFor = (namespace.metadata.finalizers ?? []).length > 0;
  if (isEmpty && !isWaitedFor) state.store.remove(STORAGE_KEY, namespace);
}

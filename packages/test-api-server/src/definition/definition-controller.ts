import { timeNow, type ApiState } from '../api-state.ts';
import { withConditions } from '../control/controller-write.ts';
import { LaterQueue } from '../control/later-queue.ts';
import type { JsonObject, KubeObject } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { deleteObject } from '../write/delete-object.ts';
import { isDeletable } from '../write/replace-object.ts';
import { toResourceTypes, type Definition } from './to-resource-types.ts';

const STORAGE_KEY = 'apiextensions.k8s.io/customresourcedefinitions';
const FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Serves the kinds of CustomResourceDefinitions from the moment they are written, says so in their status a moment
 * later, and removes all objects of a kind before its definition goes. @returns a function that ends it
 */
export function startDefinitions(state: ApiState): () => void {
  const queue = new LaterQueue((name) => settle(state, name));
  const unsubscribe = state.store.subscribe(({ storageKey, type, object }) => {
    if (storageKey === STORAGE_KEY) {
      serve(state, object, type === 'DELETED');
      if (type !== 'DELETED') queue.add(object.metadata.name);
    } else if (type === 'DELETED') {
      const [group = '', plural = ''] = storageKey.split('/');
      queue.add(`${plural}.${group}`);
    }
  });
  return () => {
    unsubscribe();
    queue.stop();
  };
}

function serve({ registry }: ApiState, object: KubeObject, isGone: boolean): void {
  const { group, names } = (object as unknown as Definition).spec;
  registry.setCustom(group, names.plural, isGone ? [] : toResourceTypes(object));
}

/** Brings a definition to where it belongs: established, or on its way out. */
function settle(state: ApiState, name: string): void {
  const object = state.store.get(STORAGE_KEY, undefined, name);
  if (object === undefined) return;
  if (object.metadata.deletionTimestamp === undefined) establish(state, object);
  else cleanUp(state, object);
}

function establish(state: ApiState, object: KubeObject): void {
  const { spec } = object as unknown as Definition;
  const finalizers = object.metadata.finalizers ?? [];
  const isTrue = (type: string, reason: string, message: string) =>
    ({ type, status: 'True', reason, message }) as const;
  const conditions = [
    isTrue('NamesAccepted', 'NoConflicts', 'no conflicts found'),
    isTrue('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
  ];
  const next: KubeObject = {
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER],
    },
    status: {
      conditions: withConditions(object, conditions, timeNow(state)),
      acceptedNames: spec.names as unknown as JsonObject,
      storedVersions: spec.versions.filter(({ storage }) => storage).map((version) => version.name),
    },
  };
  if (!isSameJson(object, next)) state.store.put(STORAGE_KEY, next);
}

function cleanUp(state: ApiState, object: KubeObject): void {
  const [resource] = toResourceTypes(object);
  if (resource === undefined) return;
  for (const each of state.store.list(storageKeyOf(resource)))
    if (each.metadata.deletionTimestamp === undefined)
      deleteObject(state, resource, each, { propagation: 'Background', isDryRun: false });
  const { finalizers = [], ...metadata } = object.metadata;
  const isDone = state.store.list(storageKeyOf(resource)).length === 0;
  if (!isDone || !finalizers.includes(FINALIZER)) return;
  const others = finalizers.filter((each) => each !== FINALIZER);
  const next: KubeObject = {
    ...object,
    metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) },
  };
  if (isDeletable(next)) state.store.remove(STORAGE_KEY, next);
  else state.store.put(STORAGE_KEY, next);
}

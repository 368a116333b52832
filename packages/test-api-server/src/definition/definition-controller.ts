import type { ApiState } from '../api-state.ts';
import { timeNow } from '../api-state.ts';
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
  const scheduled = new Set<NodeJS.Immediate>();
  const later = (work: () => void): void => {
    const immediate = setImmediate(() => {
      scheduled.delete(immediate);
      work();
    });
    scheduled.add(immediate);
  };
  const unsubscribe = state.store.subscribe(({ storageKey, type, object }) => {
    if (storageKey === STORAGE_KEY) {
      serve(state, object, type === 'DELETED');
      if (type !== 'DELETED') later(() => settle(state, object.metadata.name));
    } else if (type === 'DELETED') {
      const [group = '', plural = ''] = storageKey.split('/');
      later(() => settle(state, `${plural}.${group}`));
    }
  });
  return () => {
    unsubscribe();
    for (const immediate of scheduled) clearImmediate(immediate);
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
  const next: KubeObject = {
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER],
    },
    status: {
      conditions: [
        condition(object, 'NamesAccepted', 'NoConflicts', 'no conflicts found', timeNow(state)),
        condition(object, 'Established', 'InitialNamesAccepted', 'the initial names have been accepted', timeNow(state)),
      ],
      acceptedNames: spec.names as unknown as JsonObject,
      storedVersions: spec.versions.filter(({ storage }) => storage).map(({ name }) => name),
    },
  };
  if (!isSameJson(object, next)) state.store.put(STORAGE_KEY, next);
}

/** A condition keeps the time at which it came true. */
function condition(
  { status }: KubeObject,
  type: string,
  reason: string,
  message: string,
  now: string,
): JsonObject {
  const known = (status as { conditions?: readonly JsonObject[] } | undefined)?.conditions;
  const before = known?.find((each) => each['type'] === type);
  return { lastTransitionTime: before?.['lastTransitionTime'] ?? now, message, reason, status: 'True', type };
}

function cleanUp(state: ApiState, object: KubeObject): void {
  const [resource] = toResourceTypes(object);
  if (resource === undefined) return;
  const remaining = state.store.list(storageKeyOf(resource));
  for (const each of remaining)
    if (each.metadata.deletionTimestamp === undefined)
      deleteObject(state, resource, each, { propagation: 'Background', isDryRun: false });
  if (state.store.list(storageKeyOf(resource)).length > 0) return;
  const { finalizers: _, ...metadata } = object.metadata;
  const others = (object.metadata.finalizers ?? []).filter((each) => each !== FINALIZER);
  if (others.length === object.metadata.finalizers?.length) return;
  const next = { ...object, metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) } };
  if (isDeletable(next)) state.store.remove(STORAGE_KEY, next);
  else state.store.put(STORAGE_KEY, next);
}

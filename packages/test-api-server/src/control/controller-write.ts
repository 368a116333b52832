import type { ApiState } from '../api-state.ts';
import type { JsonObject, KubeObject, OwnerReference } from '../object/kube-object.ts';
import type { WriteOptions } from '../request/write-options.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { replaceObject } from '../write/replace-object.ts';

/** The controllers of the server write as this manager. */
export const AS_CONTROLLER: WriteOptions = {
  fieldManager: 'kube-controller-manager',
  isDryRun: false,
  isForced: false,
};

/** Writes a status through the endpoint for it; nothing where it is as it should be. */
export function writeStatus(
  state: ApiState,
  resource: ResourceType,
  object: KubeObject,
  status: JsonObject,
): KubeObject {
  return replaceObject(
    state,
    { resource, subresource: 'status' },
    object,
    { ...object, status },
    AS_CONTROLLER,
  );
}

export function writeObject(
  state: ApiState,
  resource: ResourceType,
  object: KubeObject,
  next: KubeObject,
): KubeObject {
  return replaceObject(state, { resource }, object, next, AS_CONTROLLER);
}

/** The reference of what a controller makes to what it makes it for. */
export function controllerReference({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** What an object controls, and is not on its way out. */
export function controlledBy(
  state: ApiState,
  resource: ResourceType,
  owner: KubeObject,
): readonly KubeObject[] {
  return state.store
    .list(storageKeyOf(resource), owner.metadata.namespace)
    .filter(
      (each) =>
        controllerOf(each)?.uid === owner.metadata.uid && each.metadata.deletionTimestamp === undefined,
    );
}

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** Conditions that keep the time since when they are so. */
export function withConditions(
  { status }: KubeObject,
  conditions: readonly Condition[],
  now: string,
): JsonObject[] {
  const before = (status as { conditions?: JsonObject[] } | undefined)?.conditions ?? [];
  return conditions.map((condition) => {
    const known = before.find((each) => each['type'] === condition.type);
    const isSame = known?.['status'] === condition.status;
    return {
      ...condition,
      lastTransitionTime: (isSame ? known?.['lastTransitionTime'] : now) ?? now,
    };
  });
}

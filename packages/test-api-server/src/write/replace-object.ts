import { timeNow, type ApiState } from '../api-state.ts';
import { trackUpdate, type Writer } from '../apply/track-ownership.ts';
import { conflict, invalid, modifiedMeanwhile } from '../object/api-error.ts';
import type { KubeObject, ManagedFieldsEntry } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import type { WriteOptions } from '../request/write-options.ts';
import { apiVersionOf, storageKeyOf, type ResourceType } from '../resource/resource-type.ts';
import { normalize, refuseUnknown, validate } from './admit-object.ts';
import { isWantChanged, keepsGeneration } from './generation.ts';

/** Where an object is written. */
export interface Endpoint {
  readonly resource: ResourceType;
  readonly subresource?: string;
}

/**
 * Puts an object in the place of the one that is there, as far as the endpoint writes it. Writes nothing, and
 * answers with what is there, where nothing would change.
 *
 * @param managedFields who owns what, where an apply has decided that already
 * @throws ApiError 409 where it was read before the last write, 422
 */
export function replaceObject(
  state: ApiState,
  endpoint: Endpoint,
  existing: KubeObject,
  sent: KubeObject,
  options: WriteOptions,
  managedFields?: ManagedFieldsEntry[],
): KubeObject {
  const { resource } = endpoint;
  refuseStale(resource, existing, sent);
  refuseUnknown(sent, resource, options);
  const written = normalize(limitToEndpoint(existing, sent, endpoint), resource);
  const owners =
    managedFields ?? trackUpdate(existing, written, resource, toWriter(state, endpoint, options));
  const next = withKeptMetadata(existing, written, owners, endpoint);
  validate(next, existing, resource);
  if (isSameJson(existing, next)) return existing;
  if (options.isDryRun) return next;
  const storageKey = storageKeyOf(resource);
  return isDeletable(next) ? state.store.remove(storageKey, next) : state.store.put(storageKey, next);
}

export function toWriter(
  state: ApiState,
  { resource, subresource }: Endpoint,
  { fieldManager }: WriteOptions,
  operation: 'Apply' | 'Update' = 'Update',
): Writer {
  return {
    manager: fieldManager,
    operation,
    apiVersion: apiVersionOf(resource),
    now: timeNow(state),
    ...(subresource !== undefined && { subresource }),
  };
}

/** An object that waits for its finalizers alone goes when it has none left. */
export function isDeletable({ kind, metadata, spec }: KubeObject): boolean {
  const hasFinalizers =
    (metadata.finalizers?.length ?? 0) > 0 ||
    (kind === 'Namespace' && ((spec as { finalizers?: string[] } | undefined)?.finalizers?.length ?? 0) > 0);
  return metadata.deletionTimestamp !== undefined && !hasFinalizers;
}

function refuseStale(resource: ResourceType, existing: KubeObject, sent: KubeObject): void {
  const { name, uid, resourceVersion } = sent.metadata;
  if (uid !== undefined && uid !== existing.metadata.uid)
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${existing.metadata.uid ?? ''}`,
    );
  const isStale = resourceVersion !== undefined && resourceVersion !== existing.metadata.resourceVersion;
  if (isStale) throw modifiedMeanwhile(resource, name);
}

/** @throws ApiError 422: what has no schema of its own in the server is not written blindly */
export function requireResourceVersion(resource: ResourceType, { metadata }: KubeObject): void {
  if (resource.custom === undefined && resource.kind !== 'Lease') return;
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== '') return;
  throw invalid(resource, metadata.name, [
    {
      reason: 'FieldValueInvalid',
      field: 'metadata.resourceVersion',
      message: 'Invalid value: 0x0: must be specified for an update',
    },
  ]);
}

/** The main endpoint leaves status alone, and `status` everything else. */
function limitToEndpoint(
  existing: KubeObject,
  sent: KubeObject,
  { resource, subresource }: Endpoint,
): KubeObject {
  if (subresource === 'status') {
    const { status: _, ...rest } = existing;
    return { ...rest, ...(sent['status'] !== undefined && { status: sent['status'] }) };
  }
  if (!resource.hasStatus) return sent;
  const { status: _, ...rest } = sent;
  return { ...rest, ...(existing['status'] !== undefined && { status: existing['status'] }) };
}

function withKeptMetadata(
  existing: KubeObject,
  written: KubeObject,
  managedFields: ManagedFieldsEntry[],
  { resource }: Endpoint,
): KubeObject {
  const {
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    resourceVersion,
    generation,
  } = existing.metadata;
  const isNews = keepsGeneration(resource) && isWantChanged(existing, written, resource);
  const next = generation === undefined ? undefined : generation + (isNews ? 1 : 0);
  const {
    deletionTimestamp: _,
    deletionGracePeriodSeconds: __,
    generation: ___,
    ...metadata
  } = written.metadata;
  return {
    ...written,
    metadata: {
      ...metadata,
      ...(uid !== undefined && { uid }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
      ...(next !== undefined && { generation: next }),
      managedFields,
    },
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { timeNow, type ApiState } from '../api-state.ts';
import { applyOver, trackUpdate, type Writer } from '../apply/track-ownership.ts';
import { alreadyExists, badRequest, forbidden, notFound } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { WriteOptions } from '../request/write-options.ts';
import { apiVersionOf, storageKeyOf, type ResourceType } from '../resource/resource-type.ts';
import { normalize, refuseUnknown, validate } from './admit-object.ts';
import { selectByUid } from './built-in-defaults.ts';
import { keepsGeneration } from './generation.ts';

/** How an object comes into being: sent as a whole, or applied. */
export type Manner = 'Update' | 'Apply';

/** @throws ApiError 400, 403, 404 of the namespace, 409 where it is there already, 422 */
export function createObject(
  state: ApiState,
  resource: ResourceType,
  sent: KubeObject,
  options: WriteOptions,
  manner: Manner = 'Update',
): KubeObject {
  const { metadata } = sent;
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== '')
    throw badRequest('resourceVersion should not be set on objects to be created');
  const { name = '', generateName } = metadata as { readonly name?: string; readonly generateName?: string };
  const named: KubeObject = {
    ...sent,
    metadata: {
      ...metadata,
      name: name === '' && generateName !== undefined ? randomName(generateName) : name,
    },
  };
  requireNamespace(state, resource, named);
  const storageKey = storageKeyOf(resource);
  if (state.store.get(storageKey, named.metadata.namespace, named.metadata.name) !== undefined)
    throw alreadyExists(resource, named.metadata.name);

  refuseUnknown(named, resource, options);
  const object = withOwners(state, resource, named, options, manner);
  validate(object, undefined, resource);
  return options.isDryRun ? object : state.store.put(storageKey, object);
}

function withOwners(
  state: ApiState,
  resource: ResourceType,
  named: KubeObject,
  { fieldManager, isForced }: WriteOptions,
  manner: Manner,
): KubeObject {
  const writer: Writer = {
    manager: fieldManager,
    operation: manner,
    apiVersion: apiVersionOf(resource),
    now: timeNow(state),
  };
  // Nobody sets status on creation where it has an endpoint of its own.
  const { status: _, ...withoutStatus } = named;
  const initial = resource.hasStatus ? withoutStatus : named;
  if (manner === 'Apply') {
    const applied = applyOver(undefined, initial, resource, writer, isForced);
    return withServerMetadata(state, resource, normalize(applied, resource));
  }
  const object = normalize(initial, resource);
  const managedFields = trackUpdate(undefined, object, resource, writer);
  return withServerMetadata(state, resource, {
    ...object,
    metadata: { ...object.metadata, managedFields },
  });
}

function withServerMetadata(state: ApiState, resource: ResourceType, object: KubeObject): KubeObject {
  const {
    deletionTimestamp: _,
    deletionGracePeriodSeconds: __,
    generation: ___,
    ...metadata
  } = object.metadata;
  return selectByUid({
    ...object,
    metadata: {
      ...metadata,
      uid: randomUUID(),
      creationTimestamp: timeNow(state),
      ...(keepsGeneration(resource) && { generation: 1 }),
    },
  });
}

function requireNamespace({ store }: ApiState, resource: ResourceType, { metadata }: KubeObject): void {
  if (!resource.isNamespaced) return;
  const name = metadata.namespace ?? '';
  const namespace = store.get('/namespaces', undefined, name);
  if (namespace === undefined) throw notFound({ group: '', plural: 'namespaces' }, name);
  if (namespace.metadata.deletionTimestamp !== undefined)
    throw forbidden(
      resource,
      metadata.name,
      `unable to create new content in namespace ${name} because it is being terminated`,
    );
}

/** Letters and digits that spell no word, as the real server picks them. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

function randomName(prefix: string): string {
  const suffix = Array.from(randomBytes(5), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `${prefix.slice(0, 58)}${suffix.join('')}`;
}

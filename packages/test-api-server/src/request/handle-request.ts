import type { ApiState } from '../api-state.ts';
import { ApiError, notFound } from '../object/api-error.ts';
import type { Json, JsonObject, KubeObject } from '../object/kube-object.ts';
import { listObjects, type ObjectList } from '../read/list-objects.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { createObject } from '../write/create-object.ts';
import { deleteObject, parseDeleteOptions } from '../write/delete-object.ts';
import { patchObject } from '../write/patch-object.ts';
import { readObject } from '../write/read-object.ts';
import { replaceObject, requireResourceVersion } from '../write/replace-object.ts';
import { toScale, writeScale } from '../write/scale.ts';
import type { ApiRequest } from './api-request.ts';
import { parseWriteOptions } from './write-options.ts';

export type ApiAnswer =
  | { readonly kind: 'object'; readonly code: number; readonly object: KubeObject }
  | { readonly kind: 'list'; readonly list: ObjectList }
  | { readonly kind: 'status'; readonly status: JsonObject };

/** Carries out a request that is allowed, watches aside. @throws ApiError */
export function handleRequest(state: ApiState, request: ApiRequest): ApiAnswer {
  const { verb, resource, subresource } = request;
  refuseUnknownSubresource(request);
  switch (verb) {
    case 'get': {
      const existing = requireExisting(state, request);
      return toAnswer(subresource === 'scale' ? toScale(existing, resource) : existing);
    }
    case 'list':
      return { kind: 'list', list: listObjects(state, request) };
    case 'create': {
      const sent = readObject(request.body, request);
      return toAnswer(createObject(state, resource, sent, parseWriteOptions(request)), 201);
    }
    case 'update':
      return toAnswer(update(state, request));
    case 'patch':
      return patch(state, request);
    case 'delete':
      return remove(state, request);
    case 'deletecollection':
      return removeAll(state, request);
    case 'watch':
      throw new Error('a watch is no request for one answer');
    default:
      return verb satisfies never;
  }
}

function findExisting(
  { store }: ApiState,
  { resource, namespace, name = '' }: ApiRequest,
): KubeObject | undefined {
  return store.get(storageKeyOf(resource), namespace, name);
}

function requireExisting(state: ApiState, request: ApiRequest): KubeObject {
  const existing = findExisting(state, request);
  if (existing === undefined) throw notFound(request.resource, request.name ?? '');
  return existing;
}

function update(state: ApiState, request: ApiRequest): KubeObject {
  const { resource, subresource, body } = request;
  const existing = requireExisting(state, request);
  const options = parseWriteOptions(request);
  if (subresource === 'scale') return writeScale(state, resource, existing, body ?? null, options);
  const sent = readObject(body, request);
  requireResourceVersion(resource, sent);
  const endpoint = { resource, ...(subresource !== undefined && { subresource }) };
  return replaceObject(state, endpoint, existing, sent, options);
}

function patch(state: ApiState, request: ApiRequest): ApiAnswer {
  const { resource, subresource, body } = request;
  const options = parseWriteOptions(request);
  if (subresource === 'scale')
    return toAnswer(
      writeScale(state, resource, requireExisting(state, request), patchedScale(body), options),
    );
  const { object, isCreated } = patchObject(state, request, findExisting(state, request), options);
  return toAnswer(object, isCreated ? 201 : 200);
}

/** A Scale has one number to write, so every kind of patch that is not a list says it in the same place. */
function patchedScale(body: Json | undefined): Json {
  const [operation] = Array.isArray(body) ? body : [];
  const value = (operation as { readonly value?: Json } | undefined)?.value;
  return value === undefined ? (body ?? null) : { spec: { replicas: value } };
}

function remove(state: ApiState, request: ApiRequest): ApiAnswer {
  const { resource, body, query } = request;
  const existing = requireExisting(state, request);
  const { object, isGone } = deleteObject(state, resource, existing, parseDeleteOptions(body, query));
  return isGone ? { kind: 'status', status: success(request, object) } : toAnswer(object);
}

function removeAll(state: ApiState, request: ApiRequest): ApiAnswer {
  const { resource, body, query } = request;
  const list = listObjects(state, request);
  const options = parseDeleteOptions(body, query);
  for (const object of list.items) deleteObject(state, resource, object, options);
  return { kind: 'list', list };
}

function success({ resource }: ApiRequest, { metadata }: KubeObject): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(resource.group !== '' && { group: resource.group }),
      kind: resource.plural,
      uid: metadata.uid ?? '',
    },
  };
}

function toAnswer(object: KubeObject, code = 200): ApiAnswer {
  return { kind: 'object', code, object };
}

function refuseUnknownSubresource({ verb, resource, subresource }: ApiRequest): void {
  if (subresource === undefined) return;
  const isKnown =
    (subresource === 'status' && resource.hasStatus) ||
    (subresource === 'scale' && resource.scale !== undefined);
  const isWritable = verb === 'get' || verb === 'update' || verb === 'patch';
  if (!isKnown) throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
  if (!isWritable) throw methodNotAllowed();
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  );
}

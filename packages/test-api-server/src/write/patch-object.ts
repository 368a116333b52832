import type { ApiState } from '../api-state.ts';
import { applyOver } from '../apply/track-ownership.ts';
import { withoutNulls } from '../apply/remove-fields.ts';
import { ApiError, badRequest, notFound } from '../object/api-error.ts';
import { isJsonObject, type Json, type KubeObject } from '../object/kube-object.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts';
import { authorize } from '../rbac/authorize.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { APPLY_PATCH, type WriteOptions } from '../request/write-options.ts';
import { createObject } from './create-object.ts';
import { readObject } from './read-object.ts';
import { replaceObject, toWriter, type Endpoint } from './replace-object.ts';

export interface Patched {
  readonly object: KubeObject;
  readonly isCreated: boolean;
}

/** @throws ApiError 404 unless it is an apply, 409, 415, 422 */
export function patchObject(
  state: ApiState,
  request: ApiRequest,
  existing: KubeObject | undefined,
  options: WriteOptions,
): Patched {
  const { resource, subresource, contentType, name = '' } = request;
  const endpoint: Endpoint = { resource, ...(subresource !== undefined && { subresource }) };
  if (contentType === APPLY_PATCH) return applyObject(state, request, endpoint, existing, options);
  if (existing === undefined) throw notFound(resource, name);
  const patched = patchValue(existing, request);
  const sent = readObject(patched, request);
  return { object: replaceObject(state, endpoint, existing, sent, options), isCreated: false };
}

function patchValue(existing: KubeObject, { contentType, body, resource }: ApiRequest): Json {
  switch (contentType) {
    case 'application/json-patch+json':
      return applyJsonPatch(existing, body);
    case 'application/merge-patch+json':
      return applyMergePatch(existing, requireObject(body));
    case 'application/strategic-merge-patch+json':
      if (resource.custom !== undefined) throw unsupported(contentType);
      return applyStrategicMergePatch(existing, requireObject(body), resource.mergeType);
    default:
      throw unsupported(contentType);
  }
}

function applyObject(
  state: ApiState,
  request: ApiRequest,
  endpoint: Endpoint,
  existing: KubeObject | undefined,
  options: WriteOptions,
): Patched {
  const { resource, subresource, body } = request;
  if (!isJsonObject(body)) throw badRequest('an applied configuration must be an object');
  const sent = readObject(withoutNulls(body), request);
  if (body['apiVersion'] === undefined || body['kind'] === undefined)
    throw badRequest("Object 'Kind' and 'apiVersion' are missing in the applied configuration");
  if ((sent.metadata.managedFields?.length ?? 0) > 0) throw badRequest('metadata.managedFields must be nil');
  if (existing === undefined) {
    const { name, namespace } = sent.metadata;
    if (subresource !== undefined) throw notFound(resource, name);
    // Who asked may patch; to make something takes the right to create it, too.
    authorize(state, request.user, {
      verb: 'create',
      resource,
      name,
      ...(namespace !== undefined && { namespace }),
    });
    return { object: createObject(state, resource, sent, options, 'Apply'), isCreated: true };
  }
  const writer = toWriter(state, endpoint, options, 'Apply');
  const applied = limitApplied(sent, endpoint);
  const next = applyOver(existing, applied, resource, writer, options.isForced);
  const { managedFields } = next.metadata;
  return { object: replaceObject(state, endpoint, existing, next, options, managedFields), isCreated: false };
}

/** What the endpoint does not write is neither merged nor owned. */
function limitApplied(sent: KubeObject, { resource, subresource }: Endpoint): KubeObject {
  const { apiVersion, kind, metadata, status, ...rest } = sent;
  const { name, namespace, uid, resourceVersion } = metadata;
  const identity = {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
  if (subresource === 'status')
    return { apiVersion, kind, metadata: identity, ...(status !== undefined && { status }) };
  const isStatusKept = !resource.hasStatus && status !== undefined;
  return { ...rest, apiVersion, kind, metadata, ...(isStatusKept && { status }) };
}

function requireObject(body: Json | undefined): Json {
  if (!isJsonObject(body)) throw badRequest('a patch must be an object');
  return body;
}

function unsupported(contentType: string): ApiError {
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format (${contentType}) - accepted media types include: ` +
      'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
  );
}

import { badRequest } from '../object/api-error.ts';
import { isJsonObject, toText, type Json, type KubeObject, type ObjectMeta } from '../object/kube-object.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { apiVersionOf } from '../resource/resource-type.ts';

/** The object of a request's body, in the namespace of its path. @throws ApiError 400 */
export function readObject(body: Json | undefined, { resource, namespace, name }: ApiRequest): KubeObject {
  if (!isJsonObject(body)) throw badRequest('the body of the request must be an object');
  const expected = apiVersionOf(resource);
  const { apiVersion = expected, kind = resource.kind, metadata = {} } = body;
  if (kind !== resource.kind)
    throw badRequest(
      `${toText(kind)} in version "${toText(apiVersion)}" cannot be handled as a ${resource.kind}: ` +
        `no kind "${toText(kind)}" is served at this path`,
    );
  if (apiVersion !== expected)
    throw badRequest(
      `the API version in the data (${toText(apiVersion)}) does not match the expected API version (${expected})`,
    );
  if (!isJsonObject(metadata)) throw badRequest('metadata must be an object');
  const meta = metadata as Partial<ObjectMeta>;
  if (namespace !== undefined && (meta.namespace ?? namespace) !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (name !== undefined && (meta.name ?? name) !== name)
    throw badRequest(
      `the name of the object (${meta.name ?? ''}) does not match the name on the URL (${name})`,
    );
  const { namespace: _, ...rest } = meta;
  return {
    ...body,
    apiVersion: expected,
    kind: resource.kind,
    metadata: {
      ...rest,
      name: name ?? meta.name ?? '',
      ...(resource.isNamespaced && namespace !== undefined && { namespace }),
    },
  };
}

import type { IncomingMessage } from 'node:http';
import type { Json } from '../object/kube-object.ts';
import type { Attributes } from '../rbac/authorize.ts';
import type { User } from '../rbac/user.ts';
import { ApiError } from '../object/api-error.ts';
import { methodNotAllowed } from '../request/handle-request.ts';
import type { ApiRequest, Verb } from '../request/api-request.ts';
import type { ResourceRegistry } from '../resource/resource-registry.ts';
import { parsePath, type ResourcePath } from './parse-path.ts';

interface Received {
  readonly message: IncomingMessage;
  readonly url: URL;
  readonly body: Json | undefined;
  readonly user: User;
  readonly registry: ResourceRegistry;
}

/**
 * Understands a request for a resource; undefined where the path leads to none.
 *
 * @throws ApiError 404 for a resource that there is not, 405
 */
export function parseRequest({ message, url, body, user, registry }: Received): ApiRequest | undefined {
  const path = parsePath(url.pathname, registry);
  if (path === undefined) {
    if (/^\/(api\/[^/]+|apis\/[^/]+\/[^/]+)\/./.test(url.pathname))
      throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
    return undefined;
  }
  const { headers, method = 'GET' } = message;
  return {
    ...path,
    ...nameFromSelector(path, url.searchParams),
    verb: verbOf(method, path, url.searchParams),
    query: url.searchParams,
    ...(body !== undefined && { body }),
    contentType: (headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '',
    accept: headers.accept ?? '',
    userAgent: headers['user-agent'] ?? '',
    user,
  };
}

export function toAttributes({ verb, resource, subresource, namespace, name }: ApiRequest): Attributes {
  return {
    verb,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

function verbOf(method: string, { name }: ResourcePath, query: URLSearchParams): Verb {
  switch (method) {
    case 'GET':
      if (query.get('watch') === 'true' || query.get('watch') === '1') return 'watch';
      return name === undefined ? 'list' : 'get';
    case 'POST':
      if (name !== undefined) break;
      return 'create';
    case 'PUT':
      if (name === undefined) break;
      return 'update';
    case 'PATCH':
      if (name === undefined) break;
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
  }
  throw methodNotAllowed();
}

/** A list or watch of exactly one name is authorized as one of that name. */
function nameFromSelector({ name }: ResourcePath, query: URLSearchParams): { readonly name?: string } {
  if (name !== undefined) return {};
  const only = /^metadata\.name==?(?<name>[^,=]+)$/.exec(query.get('fieldSelector') ?? '')?.groups?.['name'];
  return only === undefined ? {} : { name: only };
}

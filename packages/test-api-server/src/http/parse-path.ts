import type { ResourceRegistry } from '../resource/resource-registry.ts';
import type { ResourceType } from '../resource/resource-type.ts';

/** What a path of the API leads to. */
export interface ResourcePath {
  readonly resource: ResourceType;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * `/api/v1/namespaces/shop/pods/web/status` and its kin; undefined where there is no such resource.
 */
export function parsePath(path: string, registry: ResourceRegistry): ResourcePath | undefined {
  const [root, ...steps] = path
    .split('/')
    .filter((step) => step !== '')
    .map(decodeURIComponent);
  const group = root === 'apis' ? steps.shift() : root === 'api' ? '' : undefined;
  const version = steps.shift();
  if (group === undefined || version === undefined) return undefined;
  return inNamespace(group, version, steps, registry) ?? direct(group, version, steps, registry);
}

/** `namespaces/{namespace}/{plural}/{name}/{subresource}`, where that plural lies in namespaces. */
function inNamespace(
  group: string,
  version: string,
  [root, namespace, plural, name, ...more]: readonly string[],
  registry: ResourceRegistry,
): ResourcePath | undefined {
  if (root !== 'namespaces' || namespace === undefined || plural === undefined) return undefined;
  const resource = registry.find(group, version, plural);
  return resource?.isNamespaced === true ? toPath(resource, name, more, namespace) : undefined;
}

function direct(
  group: string,
  version: string,
  [plural, name, ...more]: readonly string[],
  registry: ResourceRegistry,
): ResourcePath | undefined {
  const resource = plural === undefined ? undefined : registry.find(group, version, plural);
  if (resource === undefined) return undefined;
  // Across all namespaces one can list and watch, and no more.
  if (resource.isNamespaced && name !== undefined) return undefined;
  return toPath(resource, name, more);
}

function toPath(
  resource: ResourceType,
  name: string | undefined,
  [subresource, ...more]: readonly string[],
  namespace?: string,
): ResourcePath | undefined {
  if (more.length > 0) return undefined;
  return {
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

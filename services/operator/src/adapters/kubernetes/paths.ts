import type { ObjectKey } from '../../cluster/kube-object.ts';
import { apiVersionOf, RESOURCES, type ResourceName } from '../../cluster/resources.ts';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** All objects of a kind: `/apis/apps/v1/namespaces/x/deployments?…`. */
export function collectionPath(
  resource: ResourceName,
  namespace: string | undefined,
  query: Query = {},
): string {
  const type = RESOURCES[resource];
  const root = type.group === '' ? '/api' : '/apis';
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}/${apiVersionOf(type)}${scope}/${type.plural}${formatQuery(query)}`;
}

/** One object, or a subresource of it. */
export function objectPath(
  resource: ResourceName,
  { namespace, name }: ObjectKey,
  { subresource, ...query }: Query & { readonly subresource?: 'status' | undefined } = {},
): string {
  const suffix = subresource === undefined ? '' : `/${subresource}`;
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}${suffix}${formatQuery(query)}`;
}

function formatQuery(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`;
}

import type { JsonObject } from '../object/kube-object.ts';
import type { ResourceRegistry } from '../resource/resource-registry.ts';
import type { ResourceType } from '../resource/resource-type.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** The answer of `/apis`. */
export function describeGroups(registry: ResourceRegistry): JsonObject {
  const groups = new Set(registry.all().map(({ group }) => group));
  groups.delete('');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...groups].flatMap((group) => groupOf(registry, group) ?? []),
  };
}

/** The answer of `/apis/{group}`; undefined where there is none. */
export function describeGroup(registry: ResourceRegistry, group: string): JsonObject | undefined {
  const found = groupOf(registry, group);
  return found === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...found };
}

/** The answer of `/apis/{group}/{version}`. */
export function describeResources(registry: ResourceRegistry, group: string, version: string): JsonObject {
  const resources = registry.all().filter((each) => each.group === group && each.version === version);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: resources.flatMap((each) => describeResource(each)),
  };
}

function groupOf(registry: ResourceRegistry, group: string): JsonObject | undefined {
  const versions = [
    ...new Set(registry.all().flatMap((each) => (each.group === group ? [each.version] : []))),
  ];
  const [preferred] = versions;
  if (preferred === undefined) return undefined;
  const describe = (version: string): JsonObject => ({ groupVersion: `${group}/${version}`, version });
  return { name: group, versions: versions.map(describe), preferredVersion: describe(preferred) };
}

function describeResource(resource: ResourceType): JsonObject[] {
  const { plural, singular, kind, shortNames, categories, isNamespaced, hasStatus, scale } = resource;
  const shared = { namespaced: isNamespaced };
  return [
    {
      name: plural,
      singularName: singular,
      ...shared,
      kind,
      verbs: VERBS,
      ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
      ...(categories.length > 0 && { categories: [...categories] }),
    },
    ...(hasStatus
      ? [{ name: `${plural}/status`, singularName: '', ...shared, kind, verbs: SUBRESOURCE_VERBS }]
      : []),
    ...(scale === undefined
      ? []
      : [
          {
            name: `${plural}/scale`,
            singularName: '',
            ...shared,
            group: 'autoscaling',
            version: 'v1',
            kind: 'Scale',
            verbs: SUBRESOURCE_VERBS,
          },
        ]),
  ];
}

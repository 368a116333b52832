import { RESOURCES, type ResourceName } from '../cluster/resources.ts';
import { PERMISSIONS, type Permission, type Verb } from '../rbac/permissions.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly Verb[];
}

const RBAC = 'rbac.authorization.k8s.io';
const NAME = 'daywatch-operator';

/**
 * The rights of the operator, as objects: what `PERMISSIONS` lists, and nothing else.
 * @param only the one namespace that it works in; without it, it has its rights, those to Secrets too, in all of them.
 */
export function describeRbac(namespace: string, only?: string): readonly object[] {
  const all = Object.entries(PERMISSIONS) as [ResourceName, Permission][];
  const everywhere = all.filter(([, { isOwnNamespaceOnly }]) => isOwnNamespaceOnly !== true);
  const here = all.filter(([, { isOwnNamespaceOnly }]) => isOwnNamespaceOnly === true);
  const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace }];
  const typed = (kind: string) => ({ apiVersion: `${RBAC}/v1`, kind });
  const grantIn = (where: string, name: string, granted: typeof all): readonly object[] => [
    { ...typed('Role'), metadata: { name, namespace: where }, rules: granted.flatMap(toRules) },
    {
      ...typed('RoleBinding'),
      metadata: { name, namespace: where },
      roleRef: { apiGroup: RBAC, kind: 'Role', name },
      subjects,
    },
  ];
  const grantEverywhere = (granted: typeof all): readonly object[] => [
    { ...typed('ClusterRole'), metadata: { name: NAME }, rules: granted.flatMap(toRules) },
    {
      ...typed('ClusterRoleBinding'),
      metadata: { name: NAME },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: NAME },
      subjects,
    },
  ];
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: NAME, namespace },
      // Its pods ask for a token themselves.
      automountServiceAccountToken: false,
    },
    ...(only === undefined ? grantEverywhere(everywhere) : grantIn(only, `${NAME}-works-here`, everywhere)),
    ...grantIn(namespace, NAME, here),
  ];
}

function toRules([name, { verbs, statusVerbs }]: readonly [ResourceName, Permission]): readonly Rule[] {
  const { group, plural } = RESOURCES[name];
  const rule = (resource: string, allowed: readonly Verb[]): Rule => ({
    apiGroups: [group],
    resources: [resource],
    verbs: allowed,
  });
  return [
    ...(verbs.length > 0 ? [rule(plural, verbs)] : []),
    ...(statusVerbs === undefined ? [] : [rule(`${plural}/status`, statusVerbs)]),
  ];
}

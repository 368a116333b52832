import type { ApiState } from '../api-state.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { User } from './user.ts';

/** A rule of a Role. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface RoleRef {
  readonly kind: string;
  readonly name: string;
}

const GROUP = 'rbac.authorization.k8s.io';

/** All rules that are bound to a user: everywhere, and in this namespace. */
export function rulesFor(state: ApiState, user: User, namespace: string | undefined): readonly PolicyRule[] {
  const everywhere = state.store.list(`${GROUP}/clusterrolebindings`);
  const here = namespace === undefined ? [] : state.store.list(`${GROUP}/rolebindings`, namespace);
  return [...everywhere, ...here]
    .filter((binding) => subjectsOf(binding).some((subject) => isSubject(subject, user, binding)))
    .flatMap((binding) => rulesOf(state, binding));
}

function subjectsOf(binding: KubeObject): readonly Subject[] {
  return (binding['subjects'] ?? []) as unknown as readonly Subject[];
}

function isSubject({ kind, name, namespace }: Subject, user: User, binding: KubeObject): boolean {
  switch (kind) {
    case 'User':
      return name === user.username;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const where = namespace ?? binding.metadata.namespace ?? '';
      return user.username === `system:serviceaccount:${where}:${name}`;
    }
    default:
      return false;
  }
}

/** A binding to a role that is not there binds nothing. */
function rulesOf({ store }: ApiState, { metadata, roleRef }: KubeObject): readonly PolicyRule[] {
  const { kind, name } = roleRef as unknown as RoleRef;
  const role =
    kind === 'ClusterRole'
      ? store.get(`${GROUP}/clusterroles`, undefined, name)
      : store.get(`${GROUP}/roles`, metadata.namespace, name);
  return (role?.['rules'] ?? []) as unknown as readonly PolicyRule[];
}

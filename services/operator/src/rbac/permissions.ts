import type { ResourceName } from '../cluster/resources.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

export interface Permission {
  readonly verbs: readonly Verb[];
  /** Of its status, which is a right of its own. */
  readonly statusVerbs?: readonly Verb[];
  /** In the namespace of the operator alone. */
  readonly isOwnNamespaceOnly?: true;
}

const SEE = ['list', 'watch'] as const;
/** To look for one that is not ours before it is made, to make it, to keep it as it should be, to remove it. */
const KEEP = ['get', ...SEE, 'create', 'patch', 'delete'] as const;

/**
 * Everything that the operator may do in a cluster, and nothing else: what asks the API server refuses to do what is
 * not in here, the manifests are generated from it, and a test compares it with what the API server was asked for.
 */
export const PERMISSIONS: Readonly<Record<ResourceName, Permission>> = {
  daywatches: { verbs: [...SEE, 'patch'], statusVerbs: ['patch'] },
  scrapetargets: { verbs: SEE, statusVerbs: ['patch'] },
  healthchecks: { verbs: SEE, statusVerbs: ['patch'] },
  deployments: { verbs: KEEP },
  statefulsets: { verbs: KEEP },
  // A Job never changes: it is made, unless there is one that is not ours, and cleared away.
  jobs: { verbs: ['get', ...SEE, 'create', 'delete'] },
  services: { verbs: KEEP },
  configmaps: { verbs: KEEP },
  serviceaccounts: { verbs: KEEP },
  ingresses: { verbs: KEEP },
  networkpolicies: { verbs: KEEP },
  poddisruptionbudgets: { verbs: KEEP },
  // Secrets of others are none of its business: it neither lists nor watches them.
  secrets: { verbs: ['get', 'create', 'delete'] },
  persistentvolumeclaims: { verbs: ['list', 'delete'] },
  pods: { verbs: SEE },
  events: { verbs: ['create', 'patch'] },
  leases: { verbs: ['get', 'create', 'update'], isOwnNamespaceOnly: true },
};

/** @throws TypeError for what the manifests would not allow: a mistake of whoever wrote the call. */
export function assertPermitted(resource: ResourceName, verb: Verb, subresource?: 'status'): void {
  const { verbs, statusVerbs = [] } = PERMISSIONS[resource];
  const allowed = subresource === undefined ? verbs : statusVerbs;
  if (allowed.includes(verb)) return;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  throw new TypeError(`the operator may not ${verb} ${what}: rbac/permissions.ts does not list it`);
}

/** A kind of object and where the API server has it. All of them lie in namespaces. */
export interface ResourceType {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

function resource(group: string, version: string, plural: string, kind: string): ResourceType {
  return { group, version, plural, kind };
}

/** Every kind of object that the operator has to do with. What it may do with each is in `rbac/permissions.ts`. */
export const RESOURCES = {
  daywatches: resource('daywatch.dev', 'v1alpha1', 'daywatches', 'Daywatch'),
  scrapetargets: resource('daywatch.dev', 'v1alpha1', 'scrapetargets', 'ScrapeTarget'),
  healthchecks: resource('daywatch.dev', 'v1alpha1', 'healthchecks', 'HealthCheck'),
  deployments: resource('apps', 'v1', 'deployments', 'Deployment'),
  statefulsets: resource('apps', 'v1', 'statefulsets', 'StatefulSet'),
  jobs: resource('batch', 'v1', 'jobs', 'Job'),
  services: resource('', 'v1', 'services', 'Service'),
  pods: resource('', 'v1', 'pods', 'Pod'),
  configmaps: resource('', 'v1', 'configmaps', 'ConfigMap'),
  secrets: resource('', 'v1', 'secrets', 'Secret'),
  serviceaccounts: resource('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  persistentvolumeclaims: resource('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  ingresses: resource('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
  networkpolicies: resource('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy'),
  poddisruptionbudgets: resource('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget'),
  events: resource('', 'v1', 'events', 'Event'),
  leases: resource('coordination.k8s.io', 'v1', 'leases', 'Lease'),
} as const satisfies Record<string, ResourceType>;

export type ResourceName = keyof typeof RESOURCES;

export function apiVersionOf({ group, version }: ResourceType): string {
  return group === '' ? version : `${group}/${version}`;
}

const BY_KIND = new Map<string, ResourceName>(
  Object.entries(RESOURCES).map(([name, type]) => [
    `${apiVersionOf(type)} ${type.kind}`,
    name as ResourceName,
  ]),
);

/** @throws TypeError for a kind that the operator does not know: an object of it is never made. */
export function resourceOf({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): ResourceName {
  const name = BY_KIND.get(`${apiVersion} ${kind}`);
  if (name === undefined) throw new TypeError(`the operator does not know the kind ${kind} of ${apiVersion}`);
  return name;
}

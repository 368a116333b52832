import { BUILT_IN_MERGE_TYPES, METADATA_MERGE_TYPE } from './built-in-merge-types.ts';
import type { ResourceType, ScalePaths } from './resource-type.ts';

interface Row {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly shortNames?: readonly string[];
  readonly isInAll?: boolean;
  readonly isClusterScoped?: boolean;
  readonly hasStatus?: boolean;
  readonly scale?: ScalePaths;
}

const SCALE: ScalePaths = { specReplicas: ['spec', 'replicas'], statusReplicas: ['status', 'replicas'] };

const CORE: readonly Omit<Row, 'group'>[] = [
  { plural: 'namespaces', kind: 'Namespace', shortNames: ['ns'], isClusterScoped: true, hasStatus: true },
  { plural: 'nodes', kind: 'Node', shortNames: ['no'], isClusterScoped: true, hasStatus: true },
  { plural: 'pods', kind: 'Pod', shortNames: ['po'], isInAll: true, hasStatus: true },
  { plural: 'services', kind: 'Service', shortNames: ['svc'], isInAll: true, hasStatus: true },
  { plural: 'configmaps', kind: 'ConfigMap', shortNames: ['cm'] },
  { plural: 'secrets', kind: 'Secret' },
  { plural: 'serviceaccounts', kind: 'ServiceAccount', shortNames: ['sa'] },
  { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', shortNames: ['pvc'], hasStatus: true },
  { plural: 'events', kind: 'Event', shortNames: ['ev'] },
  { plural: 'endpoints', kind: 'Endpoints', shortNames: ['ep'] },
];

const GROUPED: readonly Row[] = [
  {
    group: 'apps',
    plural: 'deployments',
    kind: 'Deployment',
    shortNames: ['deploy'],
    isInAll: true,
    hasStatus: true,
    scale: SCALE,
  },
  {
    group: 'apps',
    plural: 'replicasets',
    kind: 'ReplicaSet',
    shortNames: ['rs'],
    isInAll: true,
    hasStatus: true,
    scale: SCALE,
  },
  {
    group: 'apps',
    plural: 'statefulsets',
    kind: 'StatefulSet',
    shortNames: ['sts'],
    isInAll: true,
    hasStatus: true,
    scale: SCALE,
  },
  { group: 'batch', plural: 'jobs', kind: 'Job', isInAll: true, hasStatus: true },
  { group: 'networking.k8s.io', plural: 'ingresses', kind: 'Ingress', shortNames: ['ing'], hasStatus: true },
  { group: 'networking.k8s.io', plural: 'networkpolicies', kind: 'NetworkPolicy', shortNames: ['netpol'] },
  {
    group: 'policy',
    plural: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    shortNames: ['pdb'],
    hasStatus: true,
  },
  { group: 'rbac.authorization.k8s.io', plural: 'roles', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', plural: 'rolebindings', kind: 'RoleBinding' },
  { group: 'rbac.authorization.k8s.io', plural: 'clusterroles', kind: 'ClusterRole', isClusterScoped: true },
  {
    group: 'rbac.authorization.k8s.io',
    plural: 'clusterrolebindings',
    kind: 'ClusterRoleBinding',
    isClusterScoped: true,
  },
  { group: 'coordination.k8s.io', plural: 'leases', kind: 'Lease' },
  { group: 'discovery.k8s.io', plural: 'endpointslices', kind: 'EndpointSlice' },
  { group: 'events.k8s.io', plural: 'events', kind: 'Event', shortNames: ['ev'] },
  {
    group: 'apiextensions.k8s.io',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    shortNames: ['crd', 'crds'],
    isClusterScoped: true,
    hasStatus: true,
  },
];

/** The kinds that every server has; all of them are served as `v1`. */
export const BUILT_IN_RESOURCES: readonly ResourceType[] = [
  ...CORE.map((row) => toResource({ group: '', ...row })),
  ...GROUPED.map((row) => toResource(row)),
];

function toResource(row: Row): ResourceType {
  const { group, plural, kind, shortNames = [], isInAll, isClusterScoped, hasStatus, scale } = row;
  return {
    group,
    version: 'v1',
    plural,
    singular: kind.toLowerCase(),
    kind,
    shortNames,
    categories: isInAll === true ? ['all'] : [],
    isNamespaced: isClusterScoped !== true,
    hasStatus: hasStatus === true,
    ...(scale !== undefined && { scale }),
    mergeType: BUILT_IN_MERGE_TYPES[group === '' ? plural : `${plural}.${group}`] ?? METADATA_MERGE_TYPE,
  };
}

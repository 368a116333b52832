import type { MergeType } from '../apply/merge-type.ts';

// The `listType`, `listMapKey` and `structType` marks of Kubernetes' own types, where they differ from what is
// deduced from a value. A grammar, so it is longer than most files.

const ATOMIC: MergeType = { isAtomic: true };
const SET: MergeType = { list: 'set' };

const byKeys = (keys: readonly string[], more: Omit<MergeType, 'list'> = {}): MergeType => ({
  list: keys,
  ...more,
});

const PROTOCOL = { protocol: 'TCP' };
const SELECTOR: MergeType = ATOMIC;
const CONDITIONS = byKeys(['type']);

const METADATA: MergeType = {
  fields: { finalizers: SET, ownerReferences: byKeys(['uid'], { items: ATOMIC }) },
};

const ENV_VALUE: MergeType = {
  fields: {
    valueFrom: { fields: { configMapKeyRef: ATOMIC, secretKeyRef: ATOMIC, fieldRef: ATOMIC } },
  },
};

const CONTAINER: MergeType = {
  fields: {
    env: byKeys(['name'], { items: ENV_VALUE }),
    ports: byKeys(['containerPort', 'protocol'], { keyDefaults: PROTOCOL }),
    volumeMounts: byKeys(['mountPath']),
    volumeDevices: byKeys(['devicePath']),
    resources: { fields: { claims: byKeys(['name']) } },
  },
};

const CONTAINERS = byKeys(['name'], { items: CONTAINER });

const VOLUME: MergeType = {
  fields: { secret: {}, configMap: {}, persistentVolumeClaim: {}, emptyDir: {} },
};

const POD_SPEC: MergeType = {
  fields: {
    containers: CONTAINERS,
    initContainers: CONTAINERS,
    ephemeralContainers: CONTAINERS,
    volumes: byKeys(['name'], { items: VOLUME }),
    imagePullSecrets: byKeys(['name'], { items: ATOMIC }),
    hostAliases: byKeys(['ip']),
    nodeSelector: ATOMIC,
    topologySpreadConstraints: byKeys(['topologyKey', 'whenUnsatisfiable'], {
      items: { fields: { labelSelector: SELECTOR } },
    }),
  },
};

const POD_TEMPLATE: MergeType = { fields: { metadata: METADATA, spec: POD_SPEC } };

const object = (
  spec: Readonly<Record<string, MergeType>> = {},
  status: Readonly<Record<string, MergeType>> = { conditions: CONDITIONS },
): MergeType => ({
  fields: { metadata: METADATA, spec: { fields: spec }, status: { fields: status } },
});

const WORKLOAD = object({ selector: SELECTOR, template: POD_TEMPLATE });

/** By `plural.group`, or `plural` in the core group; every other kind has the merge type of its metadata. */
export const BUILT_IN_MERGE_TYPES: Readonly<Record<string, MergeType>> = {
  pods: { fields: { metadata: METADATA, spec: POD_SPEC, status: { fields: { conditions: CONDITIONS } } } },
  services: object(
    {
      ports: byKeys(['port', 'protocol'], { keyDefaults: PROTOCOL }),
      selector: ATOMIC,
    },
    { conditions: CONDITIONS },
  ),
  serviceaccounts: { fields: { metadata: METADATA, secrets: byKeys(['name']) } },
  persistentvolumeclaims: object({ selector: SELECTOR, dataSource: ATOMIC }),
  'deployments.apps': WORKLOAD,
  'replicasets.apps': WORKLOAD,
  'statefulsets.apps': WORKLOAD,
  'jobs.batch': WORKLOAD,
  'networkpolicies.networking.k8s.io': object({ podSelector: SELECTOR }),
  'poddisruptionbudgets.policy': object({ selector: SELECTOR }),
  'endpointslices.discovery.k8s.io': { fields: { metadata: METADATA } },
  'rolebindings.rbac.authorization.k8s.io': { fields: { metadata: METADATA, roleRef: ATOMIC } },
  'clusterrolebindings.rbac.authorization.k8s.io': { fields: { metadata: METADATA, roleRef: ATOMIC } },
  'customresourcedefinitions.apiextensions.k8s.io': object({ names: {} }, { conditions: CONDITIONS }),
};

export const METADATA_MERGE_TYPE: MergeType = { fields: { metadata: METADATA } };

import type { ApiState } from '../api-state.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import type { MutableWorkloads } from './workload-settings.ts';

/** What the controllers of workloads share. */
export interface Cluster {
  readonly state: ApiState;
  readonly workloads: MutableWorkloads;
  readonly resources: {
    readonly pods: ResourceType;
    readonly replicaSets: ResourceType;
    readonly deployments: ResourceType;
    readonly statefulSets: ResourceType;
    readonly jobs: ResourceType;
    readonly claims: ResourceType;
    readonly services: ResourceType;
    readonly slices: ResourceType;
    readonly endpoints: ResourceType;
  };
  /** Has an object looked at again after a time. */
  readonly lookAgain: (
    object: { readonly storageKey: string; readonly key: string },
    afterMs: number,
  ) => void;
}

export function createCluster(
  state: ApiState,
  workloads: MutableWorkloads,
  lookAgain: Cluster['lookAgain'],
): Cluster {
  const { registry } = state;
  return {
    state,
    workloads,
    lookAgain,
    resources: {
      pods: registry.named('pods'),
      replicaSets: registry.named('replicasets.apps'),
      deployments: registry.named('deployments.apps'),
      statefulSets: registry.named('statefulsets.apps'),
      jobs: registry.named('jobs.batch'),
      claims: registry.named('persistentvolumeclaims'),
      services: registry.named('services'),
      slices: registry.named('endpointslices.discovery.k8s.io'),
      endpoints: registry.named('endpoints'),
    },
  };
}

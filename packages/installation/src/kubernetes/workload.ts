import type { LabelSelector, WithSpec } from './object.ts';
import type { PodTemplate, Quantities } from './pod.ts';

export type Deployment = WithSpec<
  'apps/v1',
  'Deployment',
  {
    readonly replicas: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly selector: LabelSelector;
    readonly strategy: {
      readonly type: 'RollingUpdate';
      readonly rollingUpdate: { readonly maxSurge: number; readonly maxUnavailable: number };
    };
    readonly template: PodTemplate;
  }
>;

export type StatefulSet = WithSpec<
  'apps/v1',
  'StatefulSet',
  {
    readonly replicas: number;
    readonly serviceName: string;
    readonly podManagementPolicy: 'Parallel';
    readonly selector: LabelSelector;
    readonly persistentVolumeClaimRetentionPolicy: {
      readonly whenDeleted: 'Retain';
      readonly whenScaled: 'Retain';
    };
    readonly template: PodTemplate;
    readonly volumeClaimTemplates: readonly {
      readonly metadata: { readonly name: string };
      readonly spec: {
        readonly accessModes: readonly ['ReadWriteOnce'];
        readonly storageClassName?: string;
        readonly resources: { readonly requests: Quantities };
      };
    }[];
  }
>;

export type Job = WithSpec<
  'batch/v1',
  'Job',
  {
    readonly backoffLimit: number;
    readonly activeDeadlineSeconds: number;
    readonly template: PodTemplate;
  }
>;

export type PodDisruptionBudget = WithSpec<
  'policy/v1',
  'PodDisruptionBudget',
  {
    readonly maxUnavailable: number;
    readonly unhealthyPodEvictionPolicy: 'AlwaysAllow';
    readonly selector: LabelSelector;
  }
>;

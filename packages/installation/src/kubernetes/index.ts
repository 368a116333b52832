import type { Ingress, NetworkPolicy, Service } from './network.ts';
import type { ConfigMap, Secret, ServiceAccount } from './object.ts';
import type { Deployment, Job, PodDisruptionBudget, StatefulSet } from './workload.ts';

/** Every kind of object that an installation consists of. */
export type KubernetesObject =
  | ConfigMap
  | Deployment
  | Ingress
  | Job
  | NetworkPolicy
  | PodDisruptionBudget
  | Secret
  | Service
  | ServiceAccount
  | StatefulSet;

export type { Ingress, NetworkPeer, NetworkPolicy, NetworkPort, Service } from './network.ts';
export type { ConfigMap, LabelSelector, Labels, ObjectMeta, Secret, ServiceAccount } from './object.ts';
export type {
  Container,
  EnvVar,
  KeyToPath,
  PodSpec,
  PodTemplate,
  Probe,
  Quantities,
  ResourceRequirements,
  Volume,
  VolumeMount,
} from './pod.ts';
export type { Deployment, Job, PodDisruptionBudget, StatefulSet } from './workload.ts';

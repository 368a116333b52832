import type { KubeObject } from './kube-object.ts';

/** A condition as every kind of object has them. */
export interface LiveCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface LiveDeployment extends KubeObject {
  readonly spec?: { readonly replicas?: number; readonly template?: LiveTemplate };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly LiveCondition[];
  };
}

interface LiveTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

export interface LiveStatefulSet extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
  };
}

export interface LiveJob extends KubeObject {
  readonly status?: {
    readonly active?: number;
    readonly succeeded?: number;
    readonly failed?: number;
    readonly conditions?: readonly LiveCondition[];
  };
}

export interface LiveService extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  };
}

export interface LiveConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

export interface LiveSecret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What is kept of a pod: of the thousands that a cluster may have, little. */
export interface LivePod extends KubeObject {
  readonly phase: string;
  readonly ip: string | undefined;
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
  /** Why a container of it waits or has ended, as far as it should not. */
  readonly trouble: string | undefined;
}

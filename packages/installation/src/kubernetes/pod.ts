import type { LabelSelector, ObjectMeta } from './object.ts';

export type Quantities = Readonly<Record<string, string>>;

export interface ResourceRequirements {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

interface ProbeTiming {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export type Probe = ProbeTiming &
  (
    | {
        readonly httpGet: {
          readonly path: string;
          readonly port: string;
          readonly httpHeaders: readonly { readonly name: string; readonly value: string }[];
        };
      }
    | { readonly tcpSocket: { readonly port: string } }
    | { readonly exec: { readonly command: readonly string[] } }
  );

export type EnvVar = { readonly name: string } & (
  | { readonly value: string }
  | { readonly valueFrom: { readonly fieldRef: { readonly fieldPath: string } } }
);

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol: 'TCP';
  }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly resources: ResourceRequirements;
  readonly securityContext: ContainerSecurityContext;
  readonly volumeMounts: readonly VolumeMount[];
}

interface ContainerSecurityContext {
  readonly allowPrivilegeEscalation: false;
  readonly privileged: false;
  readonly readOnlyRootFilesystem: true;
  readonly runAsNonRoot: true;
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly capabilities: { readonly drop: readonly ['ALL'] };
  readonly seccompProfile: { readonly type: 'RuntimeDefault' };
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

export interface KeyToPath {
  readonly key: string;
  readonly path: string;
}

interface FromConfigMap {
  readonly name: string;
  readonly items?: readonly KeyToPath[];
}
interface FromSecret {
  readonly name: string;
  readonly optional?: boolean;
  readonly items: readonly KeyToPath[];
}

export type Volume = { readonly name: string } & (
  | { readonly configMap: FromConfigMap & { readonly defaultMode?: number } }
  | { readonly emptyDir: { readonly medium?: 'Memory'; readonly sizeLimit?: string } }
  | {
      readonly projected: {
        readonly defaultMode: number;
        readonly sources: readonly (
          | { readonly secret: FromSecret }
          | { readonly configMap: FromConfigMap }
        )[];
      };
    }
);

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: false;
  readonly enableServiceLinks: false;
  readonly restartPolicy: 'Always' | 'Never';
  readonly terminationGracePeriodSeconds: number;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly securityContext: PodSecurityContext;
  readonly affinity?: Affinity;
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

interface PodSecurityContext {
  readonly runAsNonRoot: true;
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly fsGroup: number;
  readonly fsGroupChangePolicy: 'OnRootMismatch';
  readonly seccompProfile: { readonly type: 'RuntimeDefault' };
}

interface Affinity {
  readonly podAntiAffinity: {
    readonly preferredDuringSchedulingIgnoredDuringExecution: readonly {
      readonly weight: number;
      readonly podAffinityTerm: { readonly topologyKey: string; readonly labelSelector: LabelSelector };
    }[];
  };
}

interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'ScheduleAnyway';
  readonly labelSelector: LabelSelector;
}

export interface PodTemplate {
  readonly metadata: Omit<ObjectMeta, 'name' | 'namespace'>;
  readonly spec: PodSpec;
}

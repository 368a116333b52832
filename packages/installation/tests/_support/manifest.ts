/** What kustomize renders, of which nothing is known yet: every field may be missing. Written down apart from src/. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Meta & { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Spec;
}

export interface Meta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly unknown[];
}

export interface Spec {
  readonly replicas?: number;
  readonly minReplicas?: number;
  readonly selector?: Selector | Labels;
  readonly template?: { readonly metadata?: Meta; readonly spec?: Pod };
  readonly strategy?: { readonly type?: string };
  readonly serviceName?: string;
  readonly type?: string;
  readonly clusterIP?: string;
  readonly ports?: readonly ServicePort[];
  readonly rules?: readonly IngressRule[];
  readonly scaleTargetRef?: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly minAvailable?: number;
  readonly maxUnavailable?: number;
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

export interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number | string;
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface IngressRule {
  readonly http?: {
    readonly paths: readonly {
      readonly backend: {
        readonly service?: {
          readonly name: string;
          readonly port: { readonly name?: string; readonly number?: number };
        };
      };
    }[];
  };
}

export interface Pod {
  readonly enableServiceLinks?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: Security & { readonly sysctls?: readonly { readonly name: string }[] };
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly affinity?: { readonly podAntiAffinity?: AntiAffinity };
  readonly topologySpreadConstraints?: readonly {
    readonly topologyKey?: string;
    readonly labelSelector?: Selector;
  }[];
}

export interface AntiAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly podAffinityTerm?: { readonly topologyKey?: string; readonly labelSelector?: Selector };
  }[];
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly topologyKey?: string;
    readonly labelSelector?: Selector;
  }[];
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly {
    readonly name?: string;
    readonly containerPort: number;
    readonly hostPort?: number;
  }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: Security;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port?: number | string };
  readonly tcpSocket?: { readonly port?: number | string };
  readonly exec?: { readonly command?: readonly string[] };
}

export interface Security {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly appArmorProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

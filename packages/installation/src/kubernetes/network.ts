import type { LabelSelector, Labels, WithSpec } from './object.ts';

export type Service = WithSpec<
  'v1',
  'Service',
  {
    readonly type: 'ClusterIP';
    /** Without an address of its own: the name stands for the pods themselves. */
    readonly clusterIP?: 'None';
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: string;
      readonly protocol: 'TCP';
    }[];
  }
>;

export type Ingress = WithSpec<
  'networking.k8s.io/v1',
  'Ingress',
  {
    readonly ingressClassName?: string;
    readonly tls?: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
    readonly rules: readonly {
      readonly host: string;
      readonly http: {
        readonly paths: readonly {
          readonly path: string;
          readonly pathType: 'Prefix';
          readonly backend: {
            readonly service: { readonly name: string; readonly port: { readonly name: string } };
          };
        }[];
      };
    }[];
  }
>;

export interface NetworkPort {
  readonly protocol: 'TCP' | 'UDP';
  /** Without it, all ports. */
  readonly port?: number;
}

export type NetworkPeer =
  | { readonly podSelector: LabelSelector; readonly namespaceSelector?: LabelSelector }
  | { readonly ipBlock: { readonly cidr: string; readonly except?: readonly string[] } };

export type NetworkPolicy = WithSpec<
  'networking.k8s.io/v1',
  'NetworkPolicy',
  {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly ('Ingress' | 'Egress')[];
    /** Without `from`, from anywhere. */
    readonly ingress?: readonly {
      readonly from?: readonly NetworkPeer[];
      readonly ports: readonly NetworkPort[];
    }[];
    /** Without `to`, to anywhere. */
    readonly egress?: readonly {
      readonly to?: readonly NetworkPeer[];
      readonly ports: readonly NetworkPort[];
    }[];
  }
>;

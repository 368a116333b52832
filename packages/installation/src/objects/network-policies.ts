import type { NetworkPeer, NetworkPolicy, NetworkPort } from '../kubernetes/index.ts';
import { listEdges, webhookNetworks, type Edge } from './edges.ts';
import { objectMeta, selectorLabels, type Scope } from './scope.ts';

/** What is no part of the public internet, so that no webhook reaches it unless the sender's configuration says so. */
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];
const PRIVATE_IPV6 = ['::1/128', 'fc00::/7', 'fe80::/10'];

/** Resolving names is no arrow of the picture, and everybody who calls somebody needs it. */
const NAME_RESOLUTION = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
} as const;

/** One policy for each component: what is not an edge of the picture is closed, in both directions. */
export function describeNetworkPolicies(scope: Scope, components: readonly string[]): readonly NetworkPolicy[] {
  const edges = listEdges(scope);
  return components.map((component) => {
    const egress = edgesFrom(edges, component).map((edge) => {
      const to = peersTo(scope, edge);
      const ports = [toPort(edge)];
      return to === undefined ? { ports } : { to, ports };
    });
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: objectMeta(scope, component),
      spec: {
        podSelector: { matchLabels: selectorLabels(scope, component) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: describeIngress(scope, edges.filter(({ to }) => to === component)),
        egress: egress.length === 0 ? [] : [...egress, NAME_RESOLUTION],
      },
    };
  });
}

function describeIngress(scope: Scope, edges: readonly Edge[]): NetworkPolicy['spec']['ingress'] {
  const open = edges.filter(({ from }) => from === 'anyone');
  if (open.length > 0) return [{ ports: open.map(toPort) }];
  const port = edges[0];
  if (port === undefined) return [];
  return [{ from: edges.map(({ from }) => selectPods(scope, from)), ports: [toPort(port)] }];
}

/** Who may call any target needs no word about single ones. */
function edgesFrom(edges: readonly Edge[], component: string): readonly Edge[] {
  const own = edges.filter(({ from }) => from === component);
  const any = own.find(({ to }) => to === 'any-target');
  return any === undefined ? own : [any];
}

/** Undefined is anywhere. */
function peersTo(scope: Scope, { to }: Edge): readonly NetworkPeer[] | undefined {
  switch (to) {
    case 'any-target':
      return undefined;
    case 'webhooks':
      return [
        { ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_IPV4 } },
        { ipBlock: { cidr: '::/0', except: PRIVATE_IPV6 } },
        ...blocks(webhookNetworks(scope)),
      ];
    case 'own-database':
      return anywhereUnless(scope.spec.database.networks);
    case 'own-broker':
      return anywhereUnless(scope.spec.broker?.networks ?? []);
    default:
      return [selectPods(scope, to)];
  }
}

function anywhereUnless(networks: readonly string[]): readonly NetworkPeer[] | undefined {
  return networks.length === 0 ? undefined : blocks(networks);
}

function blocks(networks: readonly string[]): readonly NetworkPeer[] {
  return networks.map((network) => ({ ipBlock: { cidr: toCidr(network) } }));
}

/** The configuration of the sender takes single addresses too. */
function toCidr(network: string): string {
  if (network.includes('/')) return network;
  return network.includes(':') ? `${network}/128` : `${network}/32`;
}

function selectPods(scope: Scope, component: string): NetworkPeer {
  return { podSelector: { matchLabels: selectorLabels(scope, component) } };
}

function toPort({ port }: Edge): NetworkPort {
  return port === undefined ? { protocol: 'TCP' } : { protocol: 'TCP', port };
}

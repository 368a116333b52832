import type { NetworkPeer, NetworkPolicy, NetworkPort } from '../kubernetes/index.ts';
import { listEdges, webhookNetworks, type Edge } from './edges.ts';
import {
  markLabels,
  nameObject,
  objectMeta,
  selectorLabels,
  USES_BROKER,
  USES_DATABASE,
  type Scope,
} from './scope.ts';

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

/** What several components call in one way, so that one policy opens it for all of them, by a mark of their pods. */
const STORES = [
  { component: 'database', ends: ['database', 'own-database'], mark: USES_DATABASE },
  { component: 'broker', ends: ['broker', 'own-broker'], mark: USES_BROKER },
] as const;

/**
 * One policy for each component, and one for all who call the database, one for the broker. What is not an edge of the
 * picture is closed, in both directions.
 */
export function describeNetworkPolicies(
  scope: Scope,
  components: readonly string[],
): readonly NetworkPolicy[] {
  const edges = listEdges(scope);
  return [
    ...components.map((component) => describeComponentPolicy(scope, component, edges)),
    ...STORES.flatMap((store) => {
      const edge = edges.find(({ to }) => store.ends.some((end) => end === to));
      return edge === undefined ? [] : [describeClientPolicy(scope, store, edge)];
    }),
  ];
}

function describeComponentPolicy(scope: Scope, component: string, edges: readonly Edge[]): NetworkPolicy {
  const own = edges.filter(({ from }) => from === component);
  const any = own.filter(({ to }) => to === 'any-target');
  const egress = (any.length > 0 ? any : own.filter(({ to }) => findStore(to) === undefined)).map((edge) =>
    describeEgress(scope, edge),
  );
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: objectMeta(scope, component),
    spec: {
      podSelector: { matchLabels: selectorLabels(scope, component) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: describeIngress(
        scope,
        edges.filter(({ to }) => to === component),
      ),
      egress: own.length === 0 ? [] : [...egress, NAME_RESOLUTION],
    },
  };
}

function describeClientPolicy(
  scope: Scope,
  { component, mark }: (typeof STORES)[number],
  edge: Edge,
): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: objectMeta(scope, component, nameObject(scope, `to-${component}`)),
    spec: {
      podSelector: { matchLabels: markLabels(scope, mark) },
      policyTypes: ['Egress'],
      egress: [describeEgress(scope, edge)],
    },
  };
}

function describeIngress(
  scope: Scope,
  edges: readonly Edge[],
): NonNullable<NetworkPolicy['spec']['ingress']> {
  const [first] = edges;
  if (first === undefined) return [];
  if (edges.some(({ from }) => from === 'anyone')) return [{ ports: [toPort(first)] }];
  const store = findStore(first.to);
  const from =
    store === undefined
      ? edges.map((edge) => selectPods(scope, edge.from))
      : [{ podSelector: { matchLabels: markLabels(scope, store.mark) } }];
  return [{ from, ports: [toPort(first)] }];
}

function describeEgress(
  scope: Scope,
  edge: Edge,
): { readonly to?: readonly NetworkPeer[]; readonly ports: readonly NetworkPort[] } {
  const to = peersTo(scope, edge);
  return { ...(to === undefined ? {} : { to }), ports: [toPort(edge)] };
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
        ...toBlocks(webhookNetworks(scope)),
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
  return networks.length === 0 ? undefined : toBlocks(networks);
}

/** The configuration of the sender takes single addresses too. */
function toBlocks(networks: readonly string[]): readonly NetworkPeer[] {
  return networks.map((network) => {
    const whole = network.includes(':') ? 128 : 32;
    return { ipBlock: { cidr: network.includes('/') ? network : `${network}/${whole}` } };
  });
}

function findStore(end: string): (typeof STORES)[number] | undefined {
  return STORES.find(({ ends }) => ends.some((each) => each === end));
}

function selectPods(scope: Scope, component: string): NetworkPeer {
  return { podSelector: { matchLabels: selectorLabels(scope, component) } };
}

function toPort({ port }: Edge): NetworkPort {
  return port === undefined ? { protocol: 'TCP' } : { protocol: 'TCP', port };
}

import type { Labels, Manifest, Peer, PolicyPort } from './manifest.ts';
import { listWorkloads, selects } from './workloads.ts';

const COMPONENT = 'app.kubernetes.io/component';
const KUBE_DNS = { 'k8s-app': 'kube-dns' };
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '127.0.0.0/8'];

/**
 * Every connection that the policies let through, as `from -> to:port`: between pods where the policies of both ends
 * allow it, in from `anyone`, out to `anywhere`, to the public `internet`, to a network, to `dns`, or to a component of
 * any installation.
 */
export function deriveEdges(objects: readonly Manifest[]): readonly string[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const pods = listWorkloads(objects).map(({ labels, pod }) => ({
    name: labels[COMPONENT] ?? '',
    labels,
    ports: (pod.containers ?? []).flatMap(({ ports = [] }) =>
      ports.map(({ containerPort }) => containerPort),
    ),
  }));
  const edges = pods.flatMap((pod) => {
    const outward = rulesOf(policies, pod.labels, 'egress').flatMap(({ to, ports }) =>
      describeOutward(to).flatMap((end) =>
        describePorts(ports).map((port) => `${pod.name} -> ${end}${port}`),
      ),
    );
    const inward = pod.ports
      .filter((port) =>
        rulesOf(policies, pod.labels, 'ingress').some(
          (rule) => rule.from === undefined && isAmong(rule.ports, port),
        ),
      )
      .map((port) => `anyone -> ${pod.name}:${port}`);
    const callers = pods.flatMap((caller) =>
      pod.ports
        .filter(
          (port) =>
            mayLeave(policies, caller.labels, pod.labels, port) &&
            mayEnter(policies, caller.labels, pod.labels, port),
        )
        .map((port) => `${caller.name} -> ${pod.name}:${port}`),
    );
    return [...outward, ...inward, ...callers];
  });
  return [...new Set(edges)].toSorted();
}

interface PolicyRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}

/** The rules for a pod; where no policy is about it, everything is open. */
function rulesOf(
  policies: readonly Manifest[],
  labels: Labels,
  direction: 'ingress' | 'egress',
): readonly PolicyRule[] {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const own = policies.filter(
    ({ spec }) => selects(spec?.podSelector, labels) && spec?.policyTypes?.includes(type) === true,
  );
  return own.length === 0 ? [{}] : own.flatMap(({ spec }) => spec?.[direction] ?? []);
}

function mayLeave(policies: readonly Manifest[], from: Labels, to: Labels, port: number): boolean {
  return rulesOf(policies, from, 'egress').some((rule) => isPeer(rule.to, to) && isAmong(rule.ports, port));
}

function mayEnter(policies: readonly Manifest[], from: Labels, to: Labels, port: number): boolean {
  return rulesOf(policies, to, 'ingress').some(
    (rule) => isPeer(rule.from, from) && isAmong(rule.ports, port),
  );
}

/** A pod of this namespace; addresses outside are none. */
function isPeer(peers: readonly Peer[] | undefined, labels: Labels): boolean {
  if (peers === undefined) return true;
  return peers.some(
    ({ podSelector, namespaceSelector }) => namespaceSelector === undefined && selects(podSelector, labels),
  );
}

function isAmong(ports: readonly PolicyPort[] | undefined, port: number): boolean {
  return ports === undefined || ports.some((each) => each.port === undefined || each.port === port);
}

function describeOutward(to: readonly Peer[] | undefined): readonly string[] {
  if (to === undefined) return ['anywhere'];
  return to.flatMap(({ ipBlock, namespaceSelector, podSelector }) => {
    if (ipBlock !== undefined) return [describeNetwork(ipBlock)];
    if (namespaceSelector === undefined) return [];
    const isDns =
      selects(namespaceSelector, { 'kubernetes.io/metadata.name': 'kube-system' }) &&
      selects(podSelector, KUBE_DNS);
    if (isDns) return ['dns'];
    const isAnyNamespace = Object.keys(namespaceSelector).length === 0;
    const component = podSelector?.matchLabels?.[COMPONENT];
    return [isAnyNamespace && component !== undefined ? component : 'another namespace'];
  });
}

function describeNetwork({ cidr, except = [] }: NonNullable<Peer['ipBlock']>): string {
  if (cidr === '0.0.0.0/0' && PRIVATE.every((network) => except.includes(network))) return 'internet';
  if (cidr === '::/0' && ['fc00::/7', 'fe80::/10'].every((network) => except.includes(network)))
    return 'internet';
  return cidr;
}

function describePorts(ports: readonly PolicyPort[] = [{}]): readonly string[] {
  return ports.map(({ port }) => (port === undefined ? '' : `:${port}`));
}

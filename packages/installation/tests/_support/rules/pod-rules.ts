import type { Container, Manifest, Probe } from '../manifest.ts';
import { listWorkloads, selects, titleOf, type Workload } from '../workloads.ts';
import type { Rule } from './rule.ts';

const HOST = 'kubernetes.io/hostname';
const SERVERS = ['Deployment', 'StatefulSet'];

/** What kube-score asks of pods and of who makes them. */
export const POD_RULES: readonly Rule[] = [
  {
    id: 'pod-networkpolicy',
    find: (objects) =>
      listWorkloads(objects).flatMap(({ title, labels }) => {
        const policies = objects.filter(
          ({ kind, spec }) => kind === 'NetworkPolicy' && selects(spec?.podSelector, labels),
        );
        return ['Ingress', 'Egress']
          .filter((type) => !policies.some(({ spec }) => spec?.policyTypes?.includes(type)))
          .map((type) => `${title}: no NetworkPolicy for ${type}`);
      }),
  },
  {
    id: 'networkpolicy-targets-pod',
    find: (objects) =>
      ofKind(objects, 'NetworkPolicy')
        .filter((policy) => !listWorkloads(objects).some(({ labels }) => selects(policy.spec?.podSelector, labels)))
        .map((policy) => `${titleOf(policy)}: selects no pod`),
  },
  ofServers('pod-probes', (_, container) => {
    const probes = { readiness: container.readinessProbe, liveness: container.livenessProbe, startup: container.startupProbe };
    return Object.entries(probes).flatMap(([name, probe]) =>
      probe === undefined ? [`no ${name} probe`] : lackingPort(container, name, probe),
    );
  }),
  ofServers('pod-probes-identical', (_, { readinessProbe, livenessProbe, startupProbe }) => {
    const texts = [readinessProbe, livenessProbe, startupProbe].map((probe) => JSON.stringify(probe));
    const asksAlike = JSON.stringify(action(readinessProbe)) === JSON.stringify(action(livenessProbe));
    return new Set(texts).size < texts.length || asksAlike ? ['two probes are the same'] : [];
  }),
  ofServers('pod-topology-spread-constraints', ({ labels, pod }) => {
    const keys = (pod.topologySpreadConstraints ?? [])
      .filter(({ labelSelector }) => selects(labelSelector, labels))
      .map(({ topologyKey }) => topologyKey);
    return [HOST, 'topology.kubernetes.io/zone'].filter((key) => !keys.includes(key)).map((key) => `no spread over ${key}`);
  }),
  ...SERVERS.map((kind): Rule => ({
    id: `${kind.toLowerCase()}-has-host-podantiaffinity`,
    find: (objects) =>
      listWorkloads(objects, [kind])
        .filter((workload) => !keepsApart(workload))
        .map(({ title }) => `${title}: nothing keeps its pods on several nodes`),
  })),
  ...SERVERS.map((kind): Rule => ({
    id: `${kind.toLowerCase()}-has-poddisruptionbudget`,
    find: (objects) =>
      listWorkloads(objects, [kind])
        .filter(
          ({ labels }) =>
            !ofKind(objects, 'PodDisruptionBudget').some(({ spec }) => selects(spec?.selector, labels)),
        )
        .map(({ title }) => `${title}: no PodDisruptionBudget`),
  })),
  ...SERVERS.map((kind): Rule => ({
    id: `${kind.toLowerCase()}-pod-selector-labels-match-template-metadata-labels`,
    find: (objects) =>
      listWorkloads(objects, [kind])
        .filter(({ object, labels }) => !selects(object.spec?.selector, labels))
        .map(({ title }) => `${title}: does not select its own pods`),
  })),
];

function keepsApart({ labels, pod }: Workload): boolean {
  const { preferredDuringSchedulingIgnoredDuringExecution: preferred = [], requiredDuringSchedulingIgnoredDuringExecution: required = [] } =
    pod.affinity?.podAntiAffinity ?? {};
  return [...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm ?? {})].some(
    ({ topologyKey, labelSelector }) => topologyKey === HOST && selects(labelSelector, labels),
  );
}

function lackingPort({ ports = [] }: Container, name: string, probe: Probe): readonly string[] {
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
  const isThere = ports.some((each) => each.name === port || each.containerPort === port);
  return port === undefined || isThere ? [] : [`the ${name} probe asks a port '${port}' that is not there`];
}

/** What a probe does, however often. */
function action(probe: Probe | undefined): unknown {
  return [probe?.httpGet, probe?.tcpSocket, probe?.exec];
}

function ofKind(objects: readonly Manifest[], kind: string): readonly Manifest[] {
  return objects.filter((object) => object.kind === kind);
}

/** Of pods that run for ever: a Job has nobody who asks it anything. */
function ofServers(id: string, find: (workload: Workload, container: Container) => readonly string[]): Rule {
  return {
    id,
    find: (objects) =>
      listWorkloads(objects, SERVERS).flatMap((workload) =>
        (workload.pod.containers ?? []).flatMap((container) =>
          find(workload, container).map((problem) => `${workload.title}, container ${container.name}: ${problem}`),
        ),
      ),
  };
}

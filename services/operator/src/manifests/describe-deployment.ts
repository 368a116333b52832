const NAME = 'daywatch-operator';
const PORT = 8893;
/** A user and a group that no node has. */
const USER = 10_001;
const LABELS = {
  'app.kubernetes.io/name': NAME,
  'app.kubernetes.io/component': 'operator',
  'app.kubernetes.io/part-of': 'daywatch',
} as const;

/** Of every installation, wherever it is. */
const ANY_RESTAPI = {
  namespaceSelector: {},
  podSelector: {
    matchLabels: { 'app.kubernetes.io/component': 'restapi', 'app.kubernetes.io/part-of': 'daywatch' },
  },
};
const DNS = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

/**
 * The operator itself: two replicas, of which one works and the other takes its place when that is gone.
 * @param only the one namespace that it works in; by default it works in all of them.
 */
export function describeOperator(namespace: string, version: string, only?: string): readonly object[] {
  const metadata = { name: NAME, namespace, labels: LABELS };
  const selector = { matchLabels: LABELS };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 2,
        revisionHistoryLimit: 3,
        selector,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels: { ...LABELS, 'app.kubernetes.io/version': version } },
          spec: describePod(version, only),
        },
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: selector,
        policyTypes: ['Ingress', 'Egress'],
        // Its metrics, for whoever collects them.
        ingress: [{ ports: [{ protocol: 'TCP', port: PORT }] }],
        egress: [
          // The API server has an address of its own in every cluster.
          {
            ports: [
              { protocol: 'TCP', port: 443 },
              { protocol: 'TCP', port: 6443 },
            ],
          },
          { to: [ANY_RESTAPI], ports: [{ protocol: 'TCP', port: 8889 }] },
          {
            to: [DNS],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
    },
  ];
}

function describePod(version: string, only: string | undefined): object {
  const probe = (path: string, failureThreshold: number): object => ({
    httpGet: { path, port: 'http', httpHeaders: [{ name: 'Host', value: 'localhost' }] },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold,
  });
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: true,
    // Kubernetes would name every Service in the environment, in names that read as keys of the configuration.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'operator',
        image: `daywatch/operator:${version}`,
        imagePullPolicy: 'Always',
        env: [
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          { name: 'DAYWATCH_LEADER_NAMESPACE', value: '$(POD_NAMESPACE)' },
          { name: 'DAYWATCH_HTTP_HOST', value: '0.0.0.0' },
          { name: 'DAYWATCH_HTTP_ALLOWED_HOSTS', value: 'localhost,[$(POD_IP)]' },
          { name: 'DAYWATCH_METRICS_PUBLIC', value: 'true' },
          ...(only === undefined ? [] : [{ name: 'DAYWATCH_KUBERNETES_NAMESPACE', value: only }]),
        ],
        ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
        startupProbe: probe('/health/live', 30),
        livenessProbe: probe('/health/live', 3),
        readinessProbe: probe('/health/ready', 3),
        // It remembers a little of every Pod and Service of the cluster: with 3,000 Pods it takes 190 MiB.
        resources: {
          requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '16Mi' },
          limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '64Mi' },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchLabels: LABELS },
            },
          },
        ],
      },
    },
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(spreadOver),
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }],
  };
}

/** Rather than must, so that one node is enough. */
function spreadOver(topologyKey: string): object {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: LABELS },
  };
}

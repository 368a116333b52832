import { isJsonObject, toText, type Json, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { ResourceType } from '../resource/resource-type.ts';

/**
 * What the real server fills in. It matters to clients: what they read back is more than what they wrote, and a
 * client that compares the two must know better than to write again.
 */
export function defaultBuiltIn(object: KubeObject, { kind, group }: ResourceType): KubeObject {
  const fill = group === '' || WITH_SPEC.has(group) ? DEFAULTS[kind] : undefined;
  return fill === undefined ? object : fill(object);
}

const WITH_SPEC = new Set(['apps', 'batch', 'policy', 'networking.k8s.io']);

type Fill = (object: KubeObject) => KubeObject;

const DEFAULTS: Readonly<Record<string, Fill>> = {
  Namespace: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
    spec: under(object['spec'], { finalizers: ['kubernetes'] }),
    status: under(object['status'], { phase: 'Active' }),
  }),
  Pod: (object) => ({
    ...object,
    spec: fillPodSpec(object['spec'] ?? {}),
    status: under(object['status'], { phase: 'Pending', qosClass: 'BestEffort' }),
  }),
  Service: fillService,
  Secret: moveStringData,
  PersistentVolumeClaim: (object) => ({
    ...object,
    spec: under(object['spec'], { volumeMode: 'Filesystem' }),
    status: under(object['status'], { phase: 'Pending' }),
  }),
  Deployment: (object) =>
    withTemplate(object, {
      replicas: 1,
      strategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    }),
  ReplicaSet: (object) => withTemplate(object, { replicas: 1 }),
  StatefulSet: (object) =>
    withTemplate(object, {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
    }),
  Job: fillJob,
  NetworkPolicy: fillNetworkPolicy,
};

/** Values that are there win; absent ones come from `defaults`, maps within maps too. */
function under(value: Json | undefined, defaults: JsonObject): JsonObject {
  const result: JsonObject = isJsonObject(value) ? { ...value } : {};
  for (const [field, fallback] of Object.entries(defaults)) {
    const given = result[field];
    if (given === undefined) result[field] = structuredClone(fallback);
    else if (isJsonObject(given) && isJsonObject(fallback)) result[field] = under(given, fallback);
  }
  return result;
}

function withTemplate(object: KubeObject, defaults: JsonObject): KubeObject {
  const spec = under(object['spec'], defaults);
  // The strategy's numbers are those of a rolling update alone.
  const { strategy, updateStrategy, template } = spec;
  if (isJsonObject(strategy) && strategy['type'] === 'RollingUpdate')
    spec['strategy'] = under(strategy, { rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } });
  if (isJsonObject(updateStrategy) && updateStrategy['type'] === 'OnDelete')
    spec['updateStrategy'] = { type: 'OnDelete' };
  if (isJsonObject(template)) spec['template'] = { ...template, spec: fillPodSpec(template['spec'] ?? {}) };
  if (Array.isArray(spec['volumeClaimTemplates']))
    spec['volumeClaimTemplates'] = spec['volumeClaimTemplates'].map((claim) =>
      under(claim, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { volumeMode: 'Filesystem' },
        status: { phase: 'Pending' },
      }),
    );
  return { ...object, spec };
}

function fillJob(object: KubeObject): KubeObject {
  return withTemplate(object, {
    backoffLimit: 6,
    completions: 1,
    parallelism: 1,
    completionMode: 'NonIndexed',
    suspend: false,
  });
}

const JOB_LABEL = 'batch.kubernetes.io/controller-uid';

/** A Job selects its Pods by its own uid, which it has only now. */
export function selectByUid(object: KubeObject): KubeObject {
  const { spec, metadata } = object;
  if (object.kind !== 'Job' || !isJsonObject(spec) || spec['selector'] !== undefined) return object;
  const labels = { [JOB_LABEL]: metadata.uid ?? '', 'batch.kubernetes.io/job-name': metadata.name };
  return {
    ...object,
    spec: {
      ...spec,
      selector: { matchLabels: { [JOB_LABEL]: metadata.uid ?? '' } },
      template: under(spec['template'], { metadata: { labels } }),
    },
  };
}

function fillPodSpec(spec: Json): JsonObject {
  const filled = under(spec, {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
  });
  if (filled['serviceAccountName'] !== undefined) filled['serviceAccount'] ??= filled['serviceAccountName'];
  for (const list of ['containers', 'initContainers']) {
    const containers = filled[list];
    if (Array.isArray(containers)) filled[list] = containers.map(fillContainer);
  }
  const { volumes } = filled;
  if (Array.isArray(volumes)) filled['volumes'] = volumes.map(fillVolume);
  return filled;
}

const PROBE: JsonObject = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };

function fillContainer(container: Json): Json {
  const { image } = isJsonObject(container) ? container : {};
  const isLatest = typeof image === 'string' && /(^[^:@]+|:latest)$/.test(image.split('/').at(-1) ?? '');
  const filled = under(container, {
    imagePullPolicy: isLatest ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  });
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const value = filled[probe];
    if (!isJsonObject(value)) continue;
    filled[probe] = under(
      value,
      isJsonObject(value['httpGet']) ? { ...PROBE, httpGet: { scheme: 'HTTP' } } : PROBE,
    );
  }
  const { ports } = filled;
  if (Array.isArray(ports)) filled['ports'] = ports.map((port) => under(port, { protocol: 'TCP' }));
  const { env } = filled;
  if (Array.isArray(env)) filled['env'] = env.map(fillVariable);
  return filled;
}

function fillVariable(variable: Json): Json {
  const from = isJsonObject(variable) ? variable['valueFrom'] : undefined;
  return isJsonObject(from) && isJsonObject(from['fieldRef'])
    ? under(variable, { valueFrom: { fieldRef: { apiVersion: 'v1' } } })
    : variable;
}

const MODE_0644 = 420;

function fillVolume(volume: Json): Json {
  if (!isJsonObject(volume)) return volume;
  const source = ['secret', 'configMap', 'projected', 'downwardAPI'].find((each) =>
    isJsonObject(volume[each]),
  );
  return source === undefined ? volume : under(volume, { [source]: { defaultMode: MODE_0644 } });
}

function fillService(object: KubeObject): KubeObject {
  const spec = under(object['spec'], { type: 'ClusterIP', sessionAffinity: 'None' });
  if (spec['type'] !== 'ExternalName') {
    spec['clusterIP'] ??= clusterIpOf(object);
    spec['clusterIPs'] ??= [spec['clusterIP']];
    spec['internalTrafficPolicy'] ??= 'Cluster';
    spec['ipFamilies'] ??= ['IPv4'];
    spec['ipFamilyPolicy'] ??= 'SingleStack';
  }
  const { ports } = spec;
  if (Array.isArray(ports))
    spec['ports'] = ports.map((port) =>
      under(port, { protocol: 'TCP', targetPort: isJsonObject(port) ? (port['port'] ?? 0) : 0 }),
    );
  return { ...object, spec, status: under(object['status'], { loadBalancer: {} }) };
}

/** An address that is always the same for a name, so that filling in twice changes nothing. */
function clusterIpOf({ metadata }: KubeObject): string {
  const hash = Array.from(`${metadata.namespace ?? ''}/${metadata.name}`).reduce(
    (sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_025,
    7,
  );
  return `10.96.${Math.floor(hash / 255)}.${(hash % 255) + 1}`;
}

function moveStringData(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object;
  if (!isJsonObject(stringData)) return { ...rest, type: object['type'] ?? 'Opaque' };
  const encoded = Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, Buffer.from(toText(text)).toString('base64')]),
  );
  const data = isJsonObject(object['data']) ? object['data'] : {};
  return { ...rest, type: object['type'] ?? 'Opaque', data: { ...data, ...encoded } };
}

function fillNetworkPolicy(object: KubeObject): KubeObject {
  const spec = under(object['spec'], {});
  spec['policyTypes'] ??= spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  return { ...object, spec };
}

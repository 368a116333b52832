import { AS_CONTROLLER, controllerReference, writeObject } from '../control/controller-write.ts';
import {
  isJsonObject,
  toText,
  valueAt,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../object/kube-object.ts';
import { toLabelSelector } from '../selector/label-selector.ts';
import { createObject } from '../write/create-object.ts';
import type { Cluster } from './cluster.ts';
import { isReady } from './pods.ts';

/** Keeps one EndpointSlice for each Service that selects Pods. */
export function settleEndpoints(cluster: Cluster, service: KubeObject): void {
  const { state, resources } = cluster;
  const selector = valueAt(service, ['spec', 'selector']);
  if (service.metadata.deletionTimestamp !== undefined || !isJsonObject(selector)) return;
  const isSelected = toLabelSelector({ matchLabels: selector });
  const pods = state.store
    .list('/pods', service.metadata.namespace)
    .filter((pod) => isSelected(pod.metadata.labels) && valueAt(pod, ['status', 'podIP']) !== undefined)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const { name, namespace } = service.metadata;
  const slice: KubeObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-endpoints`,
      ...(namespace !== undefined && { namespace }),
      labels: {
        ...service.metadata.labels,
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [controllerReference(service)],
    },
    addressType: 'IPv4',
    endpoints: pods.map(toEndpoint),
    ports: portsOf(service, pods[0]),
  };
  const existing = state.store.get('discovery.k8s.io/endpointslices', namespace, slice.metadata.name);
  if (existing === undefined) createObject(state, resources.slices, slice, AS_CONTROLLER);
  else writeObject(state, resources.slices, existing, slice);
}

function toEndpoint(pod: KubeObject): JsonObject {
  const { name, namespace = '', uid = '' } = pod.metadata;
  return {
    addresses: [toText(valueAt(pod, ['status', 'podIP']))],
    conditions: { ready: isReady(pod), serving: isReady(pod), terminating: false },
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

function portsOf(service: KubeObject, pod: KubeObject | undefined): JsonObject[] {
  const ports = valueAt(service, ['spec', 'ports']);
  return (Array.isArray(ports) ? ports : []).map((port) => {
    const { name = '', protocol = 'TCP', targetPort = 0 } = isJsonObject(port) ? port : {};
    return { name, protocol, port: resolvePort(targetPort, pod) };
  });
}

/** A port that is named is the container port of that name. */
function resolvePort(target: Json, pod: KubeObject | undefined): Json {
  if (typeof target === 'number' || pod === undefined) return target;
  const containers = valueAt(pod, ['spec', 'containers']);
  const ports = (Array.isArray(containers) ? containers : []).flatMap((container) => {
    const all = valueAt(container, ['ports']);
    return Array.isArray(all) ? all : [];
  });
  return valueAt(ports.find((port) => valueAt(port, ['name']) === target) ?? null, ['containerPort']) ?? 0;
}

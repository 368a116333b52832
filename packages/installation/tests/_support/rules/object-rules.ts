import type { Manifest } from '../manifest.ts';
import { listWorkloads, serviceSelects, titleOf } from '../workloads.ts';
import type { Rule } from './rule.ts';

/** What is served by every version of Kubernetes that has not been given up. */
const STABLE: Readonly<Record<string, string>> = {
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Ingress: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  Namespace: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StatefulSet: 'apps/v1',
};

/** What kube-score asks of the other objects, and of how they go together. */
export const OBJECT_RULES: readonly Rule[] = [
  each('stable-version', ({ apiVersion, kind }) =>
    STABLE[kind] === apiVersion ? [] : [`is of ${apiVersion}`],
  ),
  each('label-values', ({ metadata, spec }) =>
    Object.entries({ ...metadata.labels, ...spec?.template?.metadata?.labels })
      .filter(
        ([, value]) => !/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) || value.length > 63,
      )
      .map(([name, value]) => `the label ${name} has the value '${value}'`),
  ),
  each('deployment-replicas', ({ kind, spec }) =>
    kind === 'Deployment' && (spec?.replicas ?? 1) < 2 ? [`has ${spec?.replicas ?? 1} replicas`] : [],
  ),
  each('deployment-strategy', ({ kind, spec }) =>
    kind === 'Deployment' && spec?.strategy?.type !== 'RollingUpdate' ? ['is not updated one by one'] : [],
  ),
  each('poddisruptionbudget-has-policy', ({ kind, spec }) =>
    kind === 'PodDisruptionBudget' && spec?.minAvailable === undefined && spec?.maxUnavailable === undefined
      ? ['says neither minAvailable nor maxUnavailable']
      : [],
  ),
  each('service-type', ({ kind, spec }) =>
    kind === 'Service' && spec?.type !== 'ClusterIP' ? [`is of the type ${spec?.type}`] : [],
  ),
  each('service-targets-pod', (service, objects) => {
    if (service.kind !== 'Service') return [];
    const pods = listWorkloads(objects).filter(({ labels }) => serviceSelects(service, labels));
    if (pods.length === 0) return ['selects no pod'];
    const open = pods.flatMap(({ pod }) => pod.containers ?? []).flatMap(({ ports = [] }) => ports);
    return (service.spec?.ports ?? [])
      .filter(
        ({ targetPort }) =>
          !open.some((port) => port.name === targetPort || port.containerPort === targetPort),
      )
      .map(({ targetPort }) => `no pod has a port '${targetPort}'`);
  }),
  each('ingress-targets-service', (ingress, objects) => {
    const paths = (ingress.kind === 'Ingress' ? (ingress.spec?.rules ?? []) : []).flatMap(
      ({ http }) => http?.paths ?? [],
    );
    return paths.flatMap(({ backend: { service } }) => {
      const found = objects.find(
        ({ kind, metadata }) => kind === 'Service' && metadata.name === service?.name,
      );
      const ports = found?.spec?.ports ?? [];
      const isThere = ports.some(
        ({ name, port }) => name === service?.port.name || port === service?.port.number,
      );
      return isThere ? [] : [`leads to ${service?.name}, which is not there or has no such port`];
    });
  }),
  each('statefulset-has-servicename', (set, objects) => {
    if (set.kind !== 'StatefulSet') return [];
    const service = objects.find(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === set.spec?.serviceName,
    );
    if (service?.spec?.clusterIP !== 'None') return ['has no headless Service'];
    const isItsOwn = serviceSelects(service, set.spec?.template?.metadata?.labels ?? {});
    return isItsOwn ? [] : ['has a Service of somebody else'];
  }),
  each('horizontalpodautoscaler-has-target', (scaler, objects) => {
    if (scaler.kind !== 'HorizontalPodAutoscaler') return [];
    return findTarget(scaler, objects) === undefined ? ['scales what is not there'] : [];
  }),
  each('horizontalpodautoscaler-replicas', ({ kind, spec }) =>
    kind === 'HorizontalPodAutoscaler' && (spec?.minReplicas ?? 1) < 2 ? ['goes down to one replica'] : [],
  ),
  each('deployment-targeted-by-hpa-does-not-have-replicas-configured', (scaler, objects) => {
    if (scaler.kind !== 'HorizontalPodAutoscaler') return [];
    return findTarget(scaler, objects)?.spec?.replicas === undefined
      ? []
      : ['scales what has a number of its own'];
  }),
];

function findTarget({ spec }: Manifest, objects: readonly Manifest[]): Manifest | undefined {
  const { kind, name } = spec?.scaleTargetRef ?? {};
  return objects.find((object) => object.kind === kind && object.metadata.name === name);
}

function each(id: string, find: (object: Manifest, objects: readonly Manifest[]) => readonly string[]): Rule {
  return {
    id,
    find: (objects) =>
      objects.flatMap((object) => find(object, objects).map((problem) => `${titleOf(object)}: ${problem}`)),
  };
}

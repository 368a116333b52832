import { add, change, remove, type CounterExample } from './rule.ts';

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;

function scaler(name: string, minReplicas: number) {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'scaler' },
    spec: { scaleTargetRef, minReplicas },
  };
}

/** At least one for each check: without, nobody would know whether it can fail. */
export const KUBE_SCORE_COUNTER_EXAMPLES: readonly CounterExample[] = [
  change('container-image-tag', 'Deployment', `${CONTAINER}.image`, 'daywatch/restapi'),
  change('container-image-tag', 'Deployment', `${CONTAINER}.image`, 'registry.example:5000/restapi:latest'),
  change('container-image-pull-policy', 'Job', `${CONTAINER}.imagePullPolicy`, 'IfNotPresent'),
  change('container-resources', 'Deployment', `${CONTAINER}.resources.limits.memory`, undefined),
  change('container-resources', 'StatefulSet', `${CONTAINER}.resources.requests.cpu`, undefined),
  change(
    'container-ephemeral-storage-request-and-limit',
    'Deployment',
    `${CONTAINER}.resources.limits.ephemeral-storage`,
    undefined,
  ),
  change('container-ports-check', 'Deployment', `${CONTAINER}.ports.0.name`, 'a-name-that-is-too-long'),
  change('container-security-context-user-group-id', 'Deployment', `${CONTAINER}.securityContext.runAsUser`, 1000),
  change('container-security-context-user-group-id', 'StatefulSet', `${CONTAINER}.securityContext.runAsGroup`, undefined),
  change('container-security-context-privileged', 'Deployment', `${CONTAINER}.securityContext.privileged`, true),
  change(
    'container-security-context-readonlyrootfilesystem',
    'StatefulSet',
    `${CONTAINER}.securityContext.readOnlyRootFilesystem`,
    false,
  ),
  change('container-seccomp-profile', 'Job', `${CONTAINER}.securityContext.seccompProfile`, undefined),
  change('environment-variable-key-duplication', 'Deployment', `${CONTAINER}.env`, [{ name: 'A' }, { name: 'A' }]),
  remove('pod-networkpolicy', 'NetworkPolicy'),
  change('pod-networkpolicy', 'Job', 'spec.template.metadata.labels', {}),
  change('networkpolicy-targets-pod', 'NetworkPolicy', 'spec.podSelector.matchLabels.a', 'b'),
  change('pod-probes', 'Deployment', `${CONTAINER}.readinessProbe`, undefined),
  change('pod-probes', 'Deployment', `${CONTAINER}.livenessProbe.httpGet.port`, 'nowhere'),
  change('pod-probes', 'StatefulSet', `${CONTAINER}.startupProbe`, undefined),
  change('pod-probes-identical', 'Deployment', `${CONTAINER}.readinessProbe.httpGet.path`, '/health/live'),
  change('pod-topology-spread-constraints', 'Deployment', `${POD}.topologySpreadConstraints`, undefined),
  change('deployment-has-host-podantiaffinity', 'Deployment', `${POD}.affinity`, undefined),
  change('statefulset-has-host-podantiaffinity', 'StatefulSet', `${POD}.affinity`, undefined),
  remove('deployment-has-poddisruptionbudget', 'PodDisruptionBudget'),
  remove('statefulset-has-poddisruptionbudget', 'PodDisruptionBudget'),
  change(
    'deployment-pod-selector-labels-match-template-metadata-labels',
    'Deployment',
    'spec.selector.matchLabels.a',
    'b',
  ),
  change(
    'statefulset-pod-selector-labels-match-template-metadata-labels',
    'StatefulSet',
    'spec.selector.matchLabels.a',
    'b',
  ),
  change('stable-version', 'Ingress', 'apiVersion', 'extensions/v1beta1'),
  change('label-values', 'Service', 'metadata.labels.a', 'no/slash'),
  change('deployment-replicas', 'Deployment', 'spec.replicas', 1),
  change('deployment-strategy', 'Deployment', 'spec.strategy.type', 'Recreate'),
  change('poddisruptionbudget-has-policy', 'PodDisruptionBudget', 'spec.maxUnavailable', undefined),
  change('service-type', 'Service', 'spec.type', 'NodePort'),
  change('service-targets-pod', 'Service', 'spec.selector.a', 'b'),
  change('service-targets-pod', 'Service', 'spec.ports.0.targetPort', 'nowhere'),
  remove('ingress-targets-service', 'Service'),
  change('ingress-targets-service', 'Ingress', 'spec.rules.0.http.paths.0.backend.service.port.name', 'grpc'),
  change('statefulset-has-servicename', 'StatefulSet', 'spec.serviceName', 'daywatch-restapi'),
  add('horizontalpodautoscaler-has-target', scaler('nobody', 2)),
  add('horizontalpodautoscaler-replicas', scaler('daywatch-restapi', 1)),
  add('deployment-targeted-by-hpa-does-not-have-replicas-configured', scaler('daywatch-restapi', 2)),
];

import type { Labels, PodSpec, PodTemplate, Volume, VolumeMount } from '../kubernetes/index.ts';
import { POD_SECURITY } from './security.ts';
import { allLabels, nameObject, selectorLabels, type Scope } from './scope.ts';

/** The root of the file system is read-only; this is where a process may leave something for a while. */
export const TMP_VOLUME: Volume = { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } };
export const TMP_MOUNT: VolumeMount = { name: 'tmp', mountPath: '/tmp' };

/** What all pods of an installation have in common. */
export function describePod(
  scope: Scope,
  component: string,
  pod: Pick<PodSpec, 'containers' | 'volumes' | 'restartPolicy' | 'terminationGracePeriodSeconds'>,
  labels: Labels = {},
): PodTemplate {
  const { pullSecrets } = scope.spec.images;
  return {
    metadata: { labels: { ...allLabels(scope, component), ...labels } },
    spec: {
      serviceAccountName: nameObject(scope, component),
      automountServiceAccountToken: false,
      // Kubernetes would name every Service in the environment, in names that read as keys of a configuration.
      enableServiceLinks: false,
      securityContext: POD_SECURITY,
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
      ...pod,
    },
  };
}

/** Over nodes, and over zones where there are several: rather than must, so that one node is enough to begin with. */
export function spreadPods(
  scope: Scope,
  component: string,
): Required<Pick<PodSpec, 'affinity' | 'topologySpreadConstraints'>> {
  const labelSelector = { matchLabels: selectorLabels(scope, component) };
  const spread = (topologyKey: string) =>
    ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector }) as const;
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
  };
}

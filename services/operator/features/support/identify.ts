import { API_VERSION } from '@daywatch/installation';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { OperatorWorld } from './world.ts';

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  ScrapeTarget: API_VERSION,
  HealthCheck: API_VERSION,
  Daywatch: API_VERSION,
};

/** An object of the scenario's namespace, as far as a request has to name it. */
export function identify(
  { stage }: Pick<OperatorWorld, 'stage'>,
  kind: string,
  name: string,
): Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'> {
  const { namespace } = stage;
  return { apiVersion: API_VERSIONS[kind] ?? 'v1', kind, metadata: { name, namespace } };
}

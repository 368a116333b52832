import type { PodDisruptionBudget, ServiceAccount } from '../kubernetes/index.ts';
import { objectMeta, selectorLabels, type Scope } from './scope.ts';

/** Nodes are emptied one replica at a time. One that is not well anyway holds up nobody. */
export function describeDisruptionBudget(scope: Scope, component: string): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: objectMeta(scope, component),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(scope, component) },
    },
  };
}

/** A name for each component, without a token: none of them talks to the API server. */
export function describeServiceAccount(scope: Scope, component: string): ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: objectMeta(scope, component),
    automountServiceAccountToken: false,
  };
}

import type { ApiState } from './api-state.ts';
import { createObject } from './write/create-object.ts';

const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** What a new cluster has. */
export function createFirstObjects(state: ApiState): void {
  const resource = state.registry.named('namespaces');
  for (const name of NAMESPACES)
    createObject(
      state,
      resource,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { fieldManager: 'kube-apiserver', isDryRun: false, isForced: false },
    );
}

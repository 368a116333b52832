import type { Service } from '../kubernetes/index.ts';
import type { Part } from '../part/part.ts';
import { objectMeta, selectorLabels, type Scope } from './scope.ts';

/** Where a part is called, within the cluster. */
export function describeService(scope: Scope, { component, port }: Part): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMeta(scope, component),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(scope, component),
      ports: [{ name: 'http', port, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

/** Of a StatefulSet: its name stands for the pod itself. */
export function describeStoreService(
  scope: Scope,
  component: string,
  { name, port }: { readonly name: string; readonly port: number },
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMeta(scope, component),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(scope, component),
      ports: [{ name, port, targetPort: name, protocol: 'TCP' }],
    },
  };
}

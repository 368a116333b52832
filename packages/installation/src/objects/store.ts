import type { Container, StatefulSet, Volume } from '../kubernetes/index.ts';
import type { DatabaseSpec } from '../resources/daywatch-fields.ts';
import { describePod, spreadPods, TMP_VOLUME } from './pod.ts';
import { nameObject, objectMeta, selectorLabels, type Scope } from './scope.ts';

/** What is asked of a database or a broker that is made. */
export type ManagedStore = NonNullable<DatabaseSpec['managed']>;

/** The volume that outlives the pods. */
export const DATA_VOLUME = 'data';

/** What the one pod of a store claims its volume with. */
export function claimOf(scope: Scope, component: string): string {
  return `${DATA_VOLUME}-${nameObject(scope, component)}-0`;
}

/** One server with a volume of its own, as the database and the broker are. */
export function describeStore(
  scope: Scope,
  component: string,
  managed: ManagedStore,
  pod: { readonly container: Container; readonly volumes: readonly Volume[] },
): StatefulSet {
  const template = describePod(scope, component, {
    restartPolicy: 'Always',
    // A server that is killed while it writes has to recover when it starts again.
    terminationGracePeriodSeconds: 120,
    containers: [pod.container],
    volumes: [...pod.volumes, TMP_VOLUME],
  });
  const { storageClassName } = managed;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: objectMeta(scope, component),
    spec: {
      replicas: 1,
      serviceName: nameObject(scope, component),
      // With one replica there is no order to keep. The other policy would wait for ever for a pod with a wrong image, and
      // never replace it by one with the right image. It can never change.
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selectorLabels(scope, component) },
      // The volume goes with the Daywatch at most, and the operator sees to that: whoever deletes the StatefulSet alone,
      // as a change to another database does, must find the data again.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: { ...template, spec: { ...template.spec, ...spreadPods(scope, component) } },
      volumeClaimTemplates: [
        {
          metadata: { name: DATA_VOLUME },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(storageClassName === undefined ? {} : { storageClassName }),
            resources: { requests: { storage: managed.storage } },
          },
        },
      ],
    },
  };
}

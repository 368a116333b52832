import type { ConfigMap, StatefulSet } from '../kubernetes/index.ts';
import { TMP_MOUNT } from './pod.ts';
import { BROKER_PROBES } from './probes.ts';
import { chooseResources, STORE_RESOURCES } from './resources.ts';
import { nameObject, objectMeta, type Scope } from './scope.ts';
import { brokerSecret } from './secret-names.ts';
import { CONTAINER_SECURITY } from './security.ts';
import { DATA_VOLUME, describeStore, type ManagedStore } from './store.ts';

export const BROKER = 'broker';

const CONFIGURATION = `# Publishers wait before the memory or the disk is full.
vm_memory_high_watermark.relative = 0.6
disk_free_limit.absolute = 500MB
log.console = true
log.file = false
`;

export function describeBrokerConfiguration(scope: Scope): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: objectMeta(scope, BROKER),
    data: { '10-daywatch.conf': CONFIGURATION },
  };
}

/** A RabbitMQ of its own: one replica. While it is away reminders wait in the database. */
export function describeBroker(scope: Scope, managed: ManagedStore): StatefulSet {
  return describeStore(scope, BROKER, managed, {
    container: {
      name: BROKER,
      image: managed.image,
      imagePullPolicy: scope.spec.images.pullPolicy,
      env: [
        // The cookie of Erlang, which must be for its owner alone, and which nobody else needs: rights on a volume change.
        { name: 'HOME', value: '/tmp' },
      ],
      ports: [{ name: 'amqp', containerPort: 5672, protocol: 'TCP' }],
      ...BROKER_PROBES,
      resources: chooseResources(STORE_RESOURCES, managed.resources),
      securityContext: CONTAINER_SECURITY,
      volumeMounts: [
        { name: DATA_VOLUME, mountPath: '/var/lib/rabbitmq' },
        { name: 'configuration', mountPath: '/etc/rabbitmq/conf.d', readOnly: true },
        TMP_MOUNT,
      ],
    },
    volumes: [
      {
        name: 'configuration',
        projected: {
          defaultMode: 0o440,
          sources: [
            { configMap: { name: nameObject(scope, BROKER) } },
            { secret: { name: brokerSecret(scope), items: [{ key: '90-user.conf', path: '90-user.conf' }] } },
          ],
        },
      },
    ],
  });
}

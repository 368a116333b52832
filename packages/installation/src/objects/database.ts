import type { ConfigMap, KeyToPath, StatefulSet } from '../kubernetes/index.ts';
import { SECRETS_FOLDER } from './configuration.ts';
import { DATABASE_USERS } from './database-users.ts';
import { TMP_MOUNT } from './pod.ts';
import { DATABASE_PROBES } from './probes.ts';
import { chooseResources, STORE_RESOURCES } from './resources.ts';
import { nameObject, objectMeta, type Scope } from './scope.ts';
import { databaseSecret } from './secret-names.ts';
import { CONTAINER_SECURITY } from './security.ts';
import { DATA_VOLUME, describeStore, type ManagedStore } from './store.ts';

export const DATABASE = 'database';
/** Who logs in: the superuser makes the others on the first start. */
export const DATABASE_LOGINS = ['owner', 'calendar', 'checker', 'restapi'] as const;

const DATA_FOLDER = '/var/lib/postgresql/data';

/** What makes the logins on an empty volume. */
export function describeDatabaseUsers(scope: Scope): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: objectMeta(scope, DATABASE),
    data: { '10-users.sh': DATABASE_USERS },
  };
}

/** A PostgreSQL of its own: one replica, with the image that everybody knows. */
export function describeDatabase(scope: Scope, managed: ManagedStore): StatefulSet {
  return describeStore(scope, DATABASE, managed, {
    container: {
      name: DATABASE,
      image: managed.image,
      imagePullPolicy: scope.spec.images.pullPolicy,
      // Every replica may have ten connections, and during an upgrade there are more of them.
      args: ['-c', 'max_connections=300', '-c', 'shared_buffers=256MB'],
      env: [
        { name: 'POSTGRES_DB', value: 'daywatch' },
        { name: 'POSTGRES_PASSWORD_FILE', value: `${SECRETS_FOLDER}/superuser` },
        // Below the volume, whose root may hold a lost+found, and has other rights than a database wants.
        { name: 'PGDATA', value: `${DATA_FOLDER}/pgdata` },
      ],
      ports: [{ name: 'postgres', containerPort: 5432, protocol: 'TCP' }],
      ...DATABASE_PROBES,
      resources: chooseResources(STORE_RESOURCES, managed.resources),
      securityContext: CONTAINER_SECURITY,
      volumeMounts: [
        { name: DATA_VOLUME, mountPath: DATA_FOLDER },
        { name: 'users', mountPath: '/docker-entrypoint-initdb.d', readOnly: true },
        { name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true },
        { name: 'socket', mountPath: '/var/run/postgresql' },
        { name: 'shared-memory', mountPath: '/dev/shm' },
        TMP_MOUNT,
      ],
    },
    volumes: [
      { name: 'users', configMap: { name: nameObject(scope, DATABASE), defaultMode: 0o555 } },
      {
        name: 'secrets',
        projected: {
          defaultMode: 0o440,
          sources: [{ secret: { name: databaseSecret(scope), items: passwordItems() } }],
        },
      },
      { name: 'socket', emptyDir: { sizeLimit: '1Mi' } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '128Mi' } },
    ],
  });
}

function passwordItems(): readonly KeyToPath[] {
  return ['superuser', ...DATABASE_LOGINS].map((login) => ({ key: `${login}-password`, path: login }));
}

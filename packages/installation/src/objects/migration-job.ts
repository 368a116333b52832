import type { Job } from '../kubernetes/index.ts';
import { SECRETS_FOLDER } from './configuration.ts';
import { describePod, TMP_MOUNT, TMP_VOLUME } from './pod.ts';
import { PART_RESOURCES } from './resources.ts';
import { nameObject, objectMeta, USES_DATABASE, type Scope } from './scope.ts';
import { databaseSecret } from './secret-names.ts';
import { CONTAINER_SECURITY } from './security.ts';

export const MIGRATE = 'migrate';

/** The name of the Job says the version, because a Job never changes: a version that has one has been migrated to. */
export function nameMigrationJob(scope: Scope): string {
  return `${nameObject(scope, MIGRATE)}-${scope.version.replaceAll('.', '-')}`;
}

/** Brings the database up to date. It may run twice and at once, and tries again while the database is away. */
export function describeMigrationJob(scope: Scope): Job {
  const { images, upgrade } = scope.spec;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: objectMeta(scope, MIGRATE, nameMigrationJob(scope)),
    spec: {
      backoffLimit: 10,
      activeDeadlineSeconds: upgrade.stepTimeoutSeconds,
      template: describePod(
        scope,
        MIGRATE,
        {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              name: MIGRATE,
              image: `${images.prefix}/${MIGRATE}:${scope.version}`,
              imagePullPolicy: images.pullPolicy,
              env: [{ name: 'DAYWATCH_STORAGE_DSN_FILE', value: `${SECRETS_FOLDER}/dsn` }],
              resources: PART_RESOURCES,
              securityContext: CONTAINER_SECURITY,
              volumeMounts: [{ name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true }, TMP_MOUNT],
            },
          ],
          volumes: [
            {
              name: 'secrets',
              projected: {
                defaultMode: 0o440,
                sources: [
                  { secret: { name: databaseSecret(scope), items: [{ key: 'owner-dsn', path: 'dsn' }] } },
                ],
              },
            },
            TMP_VOLUME,
          ],
        },
        { 'app.kubernetes.io/version': scope.version, [USES_DATABASE]: 'true' },
      ),
    },
  };
}

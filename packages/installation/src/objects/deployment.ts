import type { Container, Deployment, EnvVar, Labels, Volume, VolumeMount } from '../kubernetes/index.ts';
import type { Part } from '../part/part.ts';
import {
  configurationFile,
  CONFIGURATION_FOLDER,
  hashConfiguration,
  SECRETS_FOLDER,
  SPOOL_VOLUME_FOLDER,
} from './configuration.ts';
import { describePod, spreadPods, TMP_MOUNT, TMP_VOLUME } from './pod.ts';
import { PART_PROBES } from './probes.ts';
import { CHECKER_RESOURCES, chooseResources, PART_RESOURCES } from './resources.ts';
import {
  countReplicas,
  nameObject,
  objectMeta,
  partSpec,
  selectorLabels,
  USES_BROKER,
  USES_DATABASE,
  type Scope,
} from './scope.ts';
import { brokerSecret, databaseSecret, firstTokenSecret } from './secret-names.ts';
import { CONTAINER_SECURITY } from './security.ts';

/** Pods with another value have read another configuration. */
export const CONFIGURATION_ANNOTATION = 'daywatch.dev/configuration';

/** The processes of one part: replaced one by one, and never fewer than there should be. */
export function describeDeployment(scope: Scope, part: Part): Deployment {
  const { component } = part;
  const template = describePod(
    scope,
    component,
    {
      restartPolicy: 'Always',
      // A process takes 10 s at most to finish what is in flight, after the pause before it is told to.
      terminationGracePeriodSeconds: 30,
      containers: [describeContainer(scope, part)],
      volumes: describeVolumes(scope, part),
    },
    podLabels(scope, part),
  );
  const annotations = { [CONFIGURATION_ANNOTATION]: hashConfiguration(scope, part) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: objectMeta(scope, component),
    spec: {
      replicas: countReplicas(scope, part),
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: scope.spec.upgrade.stepTimeoutSeconds,
      selector: { matchLabels: selectorLabels(scope, component) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { ...template.metadata, annotations },
        spec: { ...template.spec, ...spreadPods(scope, component) },
      },
    },
  };
}

function podLabels(scope: Scope, { databaseKey, usesBroker }: Part): Labels {
  return {
    'app.kubernetes.io/version': scope.version,
    ...(databaseKey === undefined ? {} : { [USES_DATABASE]: 'true' }),
    ...(usesBroker && scope.spec.broker !== undefined ? { [USES_BROKER]: 'true' } : {}),
  };
}

function describeContainer(scope: Scope, part: Part): Container {
  const { images } = scope.spec;
  const resources = part.name === 'checker' ? CHECKER_RESOURCES : PART_RESOURCES;
  return {
    name: part.component,
    image: `${images.prefix}/${part.component}:${scope.version}`,
    imagePullPolicy: images.pullPolicy,
    args: [`--config=${CONFIGURATION_FOLDER}/${configurationFile(part)}`],
    env: describeEnvironment(scope, part),
    ports: [{ name: 'http', containerPort: part.port, protocol: 'TCP' }],
    ...PART_PROBES,
    // It takes a moment until nobody sends requests to a pod that is about to stop.
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    resources: chooseResources(resources, partSpec(scope, part).resources),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: describeMounts(part),
  };
}

/** What a process answers to: its Service by all its names, its own address, and what people call it. */
function describeEnvironment(scope: Scope, part: Part): readonly EnvVar[] {
  const name = nameObject(scope, part.component);
  const isPublic = part.name === 'calendarApi';
  const hosts = [
    ...(part.isCalled ? [name, `${name}.$(POD_NAMESPACE)`, '*.svc', '*.svc.cluster.local'] : ['localhost']),
    '[$(POD_IP)]',
    ...(isPublic ? ['$(PUBLIC_HOST)'] : []),
    ...writtenHosts(scope, part),
  ];
  return [
    ...(isPublic ? [{ name: 'PUBLIC_HOST', value: scope.spec.ingress?.host ?? 'localhost' }] : []),
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'DAYWATCH_HTTP_HOST', value: '0.0.0.0' },
    { name: 'DAYWATCH_HTTP_ALLOWED_HOSTS', value: hosts.join(',') },
  ];
}

function writtenHosts(scope: Scope, part: Part): readonly string[] {
  const http = partSpec(scope, part).configuration?.['http'] as { allowed_hosts?: unknown } | undefined;
  return Array.isArray(http?.allowed_hosts) ? http.allowed_hosts.map(String) : [];
}

function describeMounts(part: Part): readonly VolumeMount[] {
  return [
    { name: 'configuration', mountPath: CONFIGURATION_FOLDER, readOnly: true },
    ...(part.databaseKey === undefined
      ? []
      : [{ name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true }]),
    ...(part.name === 'checker' ? [{ name: 'spool', mountPath: SPOOL_VOLUME_FOLDER }] : []),
    TMP_MOUNT,
  ];
}

/** Of the Secrets a pod sees the keys that are its own, and no others. */
function describeVolumes(scope: Scope, part: Part): readonly Volume[] {
  const { databaseKey, usesBroker } = part;
  const configuration: Volume = {
    name: 'configuration',
    configMap: { name: nameObject(scope, part.component), defaultMode: 0o444 },
  };
  if (databaseKey === undefined) return [configuration, TMP_VOLUME];
  const secrets = [
    { secret: { name: databaseSecret(scope), items: [{ key: databaseKey, path: 'dsn' }] } },
    ...(usesBroker && scope.spec.broker !== undefined
      ? [{ secret: { name: brokerSecret(scope), items: [{ key: 'url', path: 'queue_url' }] } }]
      : []),
    ...(part.name === 'calendarApi'
      ? [
          {
            secret: {
              name: firstTokenSecret(scope),
              // It may be thrown away once it has been taken.
              optional: true,
              items: [{ key: 'token', path: 'first_token' }],
            },
          },
        ]
      : []),
  ];
  return [
    configuration,
    { name: 'secrets', projected: { defaultMode: 0o440, sources: secrets } },
    ...(part.name === 'checker' ? [{ name: 'spool', emptyDir: {} } as const] : []),
    TMP_VOLUME,
  ];
}

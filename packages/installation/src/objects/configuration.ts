import { createHash } from 'node:crypto';
import type { ConfigMap } from '../kubernetes/index.ts';
import type { Part } from '../part/part.ts';
import { InstallationError } from './installation-error.ts';
import { enabledParts, nameObject, objectMeta, partSpec, type Scope } from './scope.ts';
import { findTargetClashes, listTargets } from './targets.ts';

/** Where the pods find what they read. */
export const CONFIGURATION_FOLDER = '/etc/daywatch';
export const SECRETS_FOLDER = '/run/secrets/daywatch';
/** The folder of the volume: that of the image is for the user of the image alone. */
export const SPOOL_VOLUME_FOLDER = '/var/lib/daywatch';
const SPOOL_FOLDER = `${SPOOL_VOLUME_FOLDER}/spool`;

export type Configuration = Readonly<Record<string, unknown>>;

export function configurationFile(part: Part): string {
  return `${part.executable}.yaml`;
}

/**
 * What the executable of a part reads: what people have written, and what follows from the installation.
 * @throws InstallationError where the two contradict each other.
 */
export function describeConfiguration(scope: Scope, part: Part): Configuration {
  const written = partSpec(scope, part).configuration ?? {};
  const problems = [
    ...findClashes(written, followingKeys(scope, part)).map(
      (key) => `${key}: follows from the installation and cannot be set; leave it out`,
    ),
    ...(part.name === 'checker' ? findTargetClashes(scope, written['targets']) : []),
  ].map((problem) => `spec.parts.${part.name}.configuration.${problem}`);
  if (problems.length > 0) throw new InstallationError(problems);
  return joinConfiguration(scope, part);
}

/** The same, where it does not matter whether the two contradict each other: what follows comes first then. */
export function joinConfiguration(scope: Scope, part: Part): Configuration {
  const written = partSpec(scope, part).configuration ?? {};
  const merged = merge(merge(defaultKeys(part), written), followingKeys(scope, part));
  return part.name === 'checker' ? { ...merged, targets: listTargets(scope, written['targets']) } : merged;
}

/** The most bytes that the API server takes in one ConfigMap. */
export const CONFIG_MAP_BYTES = 1024 * 1024;

/** JSON, which is YAML too: a large list of targets is written often. */
export function describeConfigMap(scope: Scope, part: Part): ConfigMap {
  const text = printConfiguration(describeConfiguration(scope, part));
  const bytes = Buffer.byteLength(text);
  if (bytes > CONFIG_MAP_BYTES) {
    const where = `spec.parts.${part.name}.configuration`;
    throw new InstallationError([
      `${where}: makes a file of ${bytes} bytes; a ConfigMap holds ${CONFIG_MAP_BYTES} at most`,
    ]);
  }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: objectMeta(scope, part.component),
    data: { [configurationFile(part)]: text },
  };
}

export function printConfiguration(configuration: Configuration): string {
  return `${JSON.stringify(configuration, null, 2)}\n`;
}

/** Changes when the pods have to start anew to read their configuration. Targets are read without that. */
export function hashConfiguration(scope: Scope, part: Part): string {
  const { targets: _, ...configuration } = describeConfiguration(scope, part);
  return createHash('sha256').update(JSON.stringify(configuration)).digest('hex').slice(0, 16);
}

/** What cannot be otherwise, because the objects are made for it. */
function followingKeys(scope: Scope, part: Part): Configuration {
  const { spec } = scope;
  const isServed = (component: string): boolean =>
    enabledParts(scope).some((each) => each.component === component);
  return {
    http: { port: part.port },
    ...(part.databaseKey === undefined ? {} : { storage: { dsn_file: `${SECRETS_FOLDER}/dsn` } }),
    ...(part.usesBroker && spec.broker !== undefined
      ? { queue: { type: 'rabbitmq', url_file: `${SECRETS_FOLDER}/queue_url` } }
      : {}),
    ...(part.usesBroker && spec.broker === undefined ? { queue: { type: 'postgres' } } : {}),
    ...(part.name === 'calendarApi'
      ? {
          auth: {
            bootstrap_token_file: `${SECRETS_FOLDER}/first_token`,
            bootstrap_user: spec.firstToken.user,
          },
        }
      : {}),
    ...(part.name === 'calendarApi' && isServed('restapi')
      ? { monitor: { url: `http://${nameObject(scope, 'restapi')}:8889` } }
      : {}),
    ...(part.name === 'checker' ? { spool: { folder: SPOOL_FOLDER } } : {}),
  };
}

/** What people may set otherwise. */
function defaultKeys(part: Part): Configuration {
  return {
    // Who reaches the port is decided by the network policies.
    metrics: { public: true },
    // Within what the pod may write on its node.
    ...(part.name === 'checker' ? { spool: { size: '512MiB' } } : {}),
  };
}

function isObject(value: unknown): value is Configuration {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(below: Configuration, above: Configuration): Configuration {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const former = merged[key];
    merged[key] = isObject(former) && isObject(value) ? merge(former, value) : value;
  }
  return merged;
}

/** The keys that both have, with dots: `http.port`. */
function findClashes(written: Configuration, following: Configuration, prefix = ''): readonly string[] {
  return Object.entries(following).flatMap(([key, value]) => {
    if (!(key in written)) return [];
    const other = written[key];
    return isObject(value) && isObject(other)
      ? findClashes(other, value, `${prefix}${key}.`)
      : [`${prefix}${key}`];
  });
}

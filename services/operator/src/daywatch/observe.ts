import { createScope, listSecretNeeds, type Daywatch, type TargetEntry } from '@daywatch/installation';
import type { Cluster } from '../cluster/cluster.ts';
import { isClusterError } from '../cluster/cluster-error.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { LivePod, LiveSecret } from '../cluster/live-objects.ts';
import type { ResourceName } from '../cluster/resources.ts';
import type { Informer } from '../watching/informer.ts';
import { identifyDatabase } from './identify-database.ts';
import { INSTANCE, MANAGED_BY } from './names.ts';
import type { Sight, View } from './view.ts';
import { judgeOwnership } from './wanted-object.ts';

/** The kinds of objects that an installation owns, and that are watched for it. */
export const OWNED_KINDS = [
  'deployments',
  'statefulsets',
  'jobs',
  'services',
  'configmaps',
  'serviceaccounts',
  'ingresses',
  'networkpolicies',
  'poddisruptionbudgets',
] as const satisfies readonly ResourceName[];

export type OwnedKind = (typeof OWNED_KINDS)[number];

export interface Observation {
  readonly owned: Readonly<Record<OwnedKind, Informer<KubeObject>>>;
  readonly pods: Informer<LivePod>;
  readonly cluster: Pick<Cluster, 'get' | 'list'>;
}

/** Looks at what the watches have brought. */
export function seeWatched({ owned, pods }: Observation, daywatch: Daywatch, nowMs: number): Sight {
  const { name, namespace = '' } = daywatch.metadata;
  return {
    daywatch,
    find: <T extends KubeObject>(resource: ResourceName, objectName: string) =>
      owned[resource as OwnedKind].get({ namespace, name: objectName }) as T | undefined,
    owned: OWNED_KINDS.flatMap((kind) =>
      [...owned[kind].list(namespace)].filter((object) => judgeOwnership(object, daywatch) === 'mine'),
    ),
    pods: [...pods.list(namespace)].filter(({ metadata }) => metadata.labels?.[INSTANCE] === name),
    arePodsKnown: pods.hasSynced() && pods.trouble()?.code !== 'forbidden',
    nowMs,
  };
}

/** Looks at what has to be asked for, too. @throws ClusterError */
export async function observe(
  { cluster }: Observation,
  sight: Sight,
  { targets, signal }: { readonly targets: readonly TargetEntry[]; readonly signal: AbortSignal },
): Promise<View> {
  const { daywatch } = sight;
  const { namespace = '' } = daywatch.metadata;
  const needs = listSecretNeeds(createScope(daywatch, { managedBy: MANAGED_BY }));
  const secrets = new Map<string, LiveSecret | undefined>();
  for (const { name } of needs) secrets.set(name, await readSecret(cluster, { namespace, name }, signal));
  const hasVolumes = needs.some(({ claim }) => claim !== undefined);
  const claims = hasVolumes ? await listClaims(cluster, daywatch, signal) : [];
  return {
    ...sight,
    secretKeys: new Map(
      [...secrets].map(([name, secret]) => [
        name,
        secret === undefined ? undefined : Object.keys(secret.data ?? {}),
      ]),
    ),
    claims: claims.map(({ metadata }) => metadata.name),
    database: identifyDatabase(daywatch, { needs, secrets, claims }),
    targets,
  };
}

/** The claims for volumes of an installation, which outlive it. */
export async function listClaims(
  cluster: Pick<Cluster, 'list'>,
  { metadata: { name, namespace = '' } }: Daywatch,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const labelSelector = `app.kubernetes.io/name=daywatch,${INSTANCE}=${name}`;
  const { items } = await cluster.list('persistentvolumeclaims', { namespace, labelSelector }, signal);
  return items;
}

export async function readSecret(
  cluster: Pick<Cluster, 'get'>,
  key: { readonly namespace: string; readonly name: string },
  signal: AbortSignal,
): Promise<LiveSecret | undefined> {
  try {
    return await cluster.get('secrets', key, signal);
  } catch (error) {
    if (isClusterError(error, 'not_found')) return undefined;
    throw error;
  }
}

import { API_VERSION, PARTS, type Daywatch } from '@daywatch/installation';
import type { KubeObject as ServedObject } from '@daywatch/test-api-server';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import type { LiveDeployment } from '../../src/cluster/live-objects.ts';
import { APPLIED, MIGRATES_TO, VERSION_LABEL } from '../../src/daywatch/names.ts';
import type { House } from './house.ts';

const METADATA = { name: 'daywatch', namespace: 'demo' } as const;

export function readDaywatch({ server }: House): Daywatch | undefined {
  return server.objects.get('Daywatch', METADATA.namespace, METADATA.name) as Daywatch | undefined;
}

export async function applyDaywatch({ admin }: House, spec: object): Promise<void> {
  await admin.apply({ apiVersion: API_VERSION, kind: 'Daywatch', metadata: METADATA, spec });
}

/** Waits until the installation has this version, and all is well. @throws Error that says how far it is */
export async function waitForVersion(house: House, version: string, deadlineMs = 60_000): Promise<void> {
  const isThere = (): boolean => {
    const { status } = readDaywatch(house) ?? {};
    return (
      status?.version === version &&
      (status.conditions ?? []).some(({ type, reason }) => type === 'Progressing' && reason === 'Complete')
    );
  };
  await waitFor(`version ${version}`, isThere, deadlineMs).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}: ${JSON.stringify(readDaywatch(house)?.status)}`);
  });
}

/** What an installation has come to, without what differs from one time to the next. */
export function describeEnd(house: House): unknown {
  const { objects } = house.server;
  const { version, migratedVersion, conditions = [] } = readDaywatch(house)?.status ?? {};
  return {
    version,
    migratedVersion,
    conditions: conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`),
    parts: PARTS.map(({ component }) => {
      const deployment = objects.get('Deployment', METADATA.namespace, `daywatch-${component}`);
      const live = deployment as unknown as LiveDeployment | undefined;
      const { replicas, updatedReplicas, availableReplicas } = live?.status ?? {};
      return `${component} ${versionOfPods(deployment)} ${replicas}/${updatedReplicas}/${availableReplicas}`;
    }),
    owned: [
      'Service',
      'ConfigMap',
      'ServiceAccount',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Deployment',
      'StatefulSet',
      'Job',
      'Secret',
    ].flatMap((kind) =>
      objects
        .list(kind, { namespace: METADATA.namespace })
        // By the fingerprint of all that is wanted of it.
        .map(({ metadata }) => `${kind} ${metadata.name} ${metadata.annotations?.[APPLIED]}`)
        .sort(),
    ),
  };
}

/** How many runs of migrations overlapped with another one. */
export function countOverlaps({ server }: House): number {
  const runs = server.workloads.jobRuns;
  return runs.filter((run, i) =>
    runs
      .slice(i + 1)
      .some((other) => other.startedAtMs < (run.endedAtMs ?? Infinity) && run.pod !== other.pod),
  ).length;
}

/** Which versions were migrated to, in order. */
export function listMigrations({ server }: House): readonly string[] {
  return server.workloads.jobRuns.map(({ job }) => versionOfMigrations(job));
}

export function versionOfMigrations({ metadata }: ServedObject): string {
  return metadata.annotations?.[MIGRATES_TO] ?? 'none';
}

/** The parts whose pods are told to be of a version. */
export function listPartsOf({ server }: House, version: string): readonly string[] {
  return server.objects
    .list('Deployment', { namespace: METADATA.namespace })
    .filter((deployment) => versionOfPods(deployment) === version)
    .map(({ metadata }) => `${metadata.name} ${version}`);
}

function versionOfPods(deployment: ServedObject | undefined): string | undefined {
  const live = deployment as unknown as LiveDeployment | undefined;
  return live?.spec?.template?.metadata?.labels?.[VERSION_LABEL];
}

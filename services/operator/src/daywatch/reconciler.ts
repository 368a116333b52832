import {
  API_VERSION,
  type Daywatch,
  type DaywatchStatus,
  type RandomText,
  type TargetEntry,
} from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import { describeChanges } from '../events/describe-changes.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';
import { covers } from './covers.ts';
import type { Observation } from './observe.ts';
import type { Sight, Write } from './view.ts';

/** What it takes to keep installations, and to let them go. */
export interface DaywatchReconciler {
  readonly observation: Observation;
  readonly cluster: Cluster;
  readonly events: EventRecorder;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: RandomText;
  readonly logger: Logger;
  /** What the checker of an installation watches at the moment. */
  readonly targetsOf: (daywatch: Daywatch) => readonly TargetEntry[];
}

/** Something could not be written: it is said in the status, and tried again. */
export class IncompleteError extends Error {
  override readonly name = 'IncompleteError';
}

/** Carries out what was decided about an installation. @throws ClusterError `unavailable` */
export async function carryOutAll(
  { cluster, observation }: DaywatchReconciler,
  sight: Sight,
  writes: readonly Write[],
  signal: AbortSignal,
): Promise<CarriedOut> {
  return carryOut(writes, {
    cluster,
    owner: sight.daywatch,
    isKnown: (resource, object) =>
      resource in observation.owned && sight.find(resource, object.metadata.name) !== undefined,
    signal,
  });
}

/** Writes it where it says something new, and notes what has changed as events. */
export async function writeStatus(
  { cluster, events }: DaywatchReconciler,
  { daywatch }: Pick<Sight, 'daywatch'>,
  status: DaywatchStatus,
  signal: AbortSignal,
): Promise<void> {
  if (covers(daywatch.status, status) && covers(status, daywatch.status)) return;
  const { name, namespace = '' } = daywatch.metadata;
  const object = { apiVersion: API_VERSION, kind: 'Daywatch', metadata: { name, namespace }, status };
  await cluster.apply('daywatches', object, { subresource: 'status', signal });
  for (const change of describeChanges(daywatch.status?.conditions ?? [], status.conditions ?? [])) {
    await events.note(daywatch, change, signal);
  }
}

/** As of the version that was read: two who change the list at once must not undo each other. */
export async function setFinalizers(
  { cluster }: DaywatchReconciler,
  { metadata }: Daywatch,
  finalizers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace = '', resourceVersion } = metadata;
  await cluster.merge(
    'daywatches',
    { namespace, name },
    { metadata: { finalizers, resourceVersion } },
    signal,
  );
}

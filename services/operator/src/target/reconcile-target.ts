import { API_VERSION } from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { Cluster } from '../cluster/cluster.ts';
import type { ObjectKey } from '../cluster/kube-object.ts';
import { covers } from '../daywatch/covers.ts';
import { describeChanges } from '../events/describe-changes.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import type { Outcome } from '../queue/run-workers.ts';
import { describeTargetStatus } from './describe-target-status.ts';
import type { TargetResource } from './resolve-target.ts';
import type { Standings } from './standing.ts';
import type { TargetBook } from './target-book.ts';
import { installationOf, type TargetKey } from './target-key.ts';

export interface TargetReconciler {
  readonly book: TargetBook;
  readonly cluster: Cluster;
  readonly events: EventRecorder;
  readonly clock: Pick<Clock, 'now'>;
  readonly standingsOf: (installation: ObjectKey) => Standings;
}

/** What may not be looked at is looked at again so often: nothing tells when it may be. */
const LOOK_AGAIN_MS = 30_000;
const ASK_AGAIN_MS = 1_000;

/** Says of a ScrapeTarget or a HealthCheck whether the checker has it, and how it stands. */
export async function reconcileTarget(
  { book, cluster, events, clock, standingsOf }: TargetReconciler,
  key: TargetKey,
  signal: AbortSignal,
): Promise<Outcome> {
  const resource = book.get(key);
  if (resource === undefined || resource.metadata.deletionTimestamp !== undefined) return {};
  const resolution = book.resolve(resource);
  const standings = standingsOf(installationOf(resource));
  // What the monitor said before this operator began is kept until it has been asked again.
  if (standings.kind === 'unasked' && resolution.kind === 'accepted' && isAcceptedAlready(resource)) {
    return { againAfterMs: ASK_AGAIN_MS };
  }
  const status = describeTargetStatus(resource, { resolution, standings, nowMs: clock.now() });
  const again =
    resolution.kind === 'refused' && resolution.reason === 'Forbidden' ? { againAfterMs: LOOK_AGAIN_MS } : {};
  if (covers(resource.status, status) && covers(status, resource.status)) return again;
  const { kind, metadata } = resource;
  const { name, namespace = '' } = metadata;
  const object = { apiVersion: API_VERSION, kind, metadata: { name, namespace }, status };
  await cluster.apply(key.resource, object, { subresource: 'status', signal });
  for (const change of describeChanges(resource.status?.conditions ?? [], status.conditions ?? [])) {
    // That a checker has it now, or has it no more, is told by its status alone: there may be a thousand of them.
    if (change.reason !== 'Watched' && change.reason !== 'Listed') {
      await events.note(resource, { ...change, type: 'Warning' }, signal);
    }
  }
  return again;
}

function isAcceptedAlready({ metadata, status }: TargetResource): boolean {
  const accepted = status?.conditions?.find(({ type }) => type === 'Accepted');
  return accepted?.status === 'True' && accepted.observedGeneration === metadata.generation;
}

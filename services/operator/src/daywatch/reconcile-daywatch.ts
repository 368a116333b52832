import {
  API_VERSION,
  createScope,
  listSecretNeeds,
  type Daywatch,
  type DaywatchStatus,
  type RandomText,
  type TargetEntry,
} from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import { formatKey, keyOf, type KubeObject } from '../cluster/kube-object.ts';
import { describeChanges } from '../events/describe-changes.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import type { Outcome } from '../queue/run-workers.ts';
import { carryOut } from './carry-out.ts';
import { finding } from './conditions.ts';
import { covers } from './covers.ts';
import { describeDegraded } from './describe-findings.ts';
import { describeStatus, withConditions } from './describe-status.ts';
import { FINALIZER, INSTANCE, MANAGED_BY } from './names.ts';
import { listClaims, observe, readSecret, type Observation } from './observe.ts';
import { planInstallation } from './plan-installation.ts';
import { isOverdue, planRemoval } from './plan-removal.ts';
import type { Problem, View, Write } from './view.ts';

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
class IncompleteError extends Error {
  override readonly name = 'IncompleteError';
}

/** Brings one installation a step nearer to what its Daywatch says, and says how far it is. */
export async function reconcileDaywatch(
  reconciler: DaywatchReconciler,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<Outcome> {
  const { observation, clock, targetsOf } = reconciler;
  const view = await observe(observation, daywatch, {
    targets: targetsOf(daywatch),
    nowMs: clock.now(),
    signal,
  });
  if (daywatch.metadata.deletionTimestamp !== undefined) return removeDaywatch(reconciler, view, signal);
  if (!(daywatch.metadata.finalizers ?? []).includes(FINALIZER)) {
    await setFinalizers(reconciler, daywatch, [...(daywatch.metadata.finalizers ?? []), FINALIZER], signal);
  }
  return keepDaywatch(reconciler, view, signal);
}

async function keepDaywatch(
  reconciler: DaywatchReconciler,
  view: View,
  signal: AbortSignal,
): Promise<Outcome> {
  const plan = planInstallation(view, reconciler.random);
  if (!('writes' in plan)) {
    const { message } = describeDegraded(plan.problems);
    const findings = [
      ...keepOtherFindings(view.daywatch),
      finding('Progressing', false, 'InvalidSpecification', message),
      describeDegraded(plan.problems),
    ];
    await writeStatus(reconciler, view, withConditions(view.daywatch, findings, view.nowMs), signal);
    return {};
  }
  const { written, problems } = await carryOutAll(reconciler, view, plan.writes, signal);
  await writeStatus(reconciler, view, describeStatus(view, plan, problems), signal);
  for (const write of written) reconciler.logger.info(describeWrite(write, view.daywatch));
  const [first] = problems;
  if (first !== undefined) throw new IncompleteError(first.message);
  return plan.againAfterMs === undefined ? {} : { againAfterMs: plan.againAfterMs };
}

/** What is known of an installation whose specification cannot be used is what was known before. */
function keepOtherFindings({ status }: Daywatch): readonly ReturnType<typeof finding>[] {
  return (status?.conditions ?? []).filter(({ type }) => type !== 'Progressing' && type !== 'Degraded');
}

async function carryOutAll(
  { cluster, observation }: DaywatchReconciler,
  view: View,
  writes: readonly Write[],
  signal: AbortSignal,
): Promise<{ readonly written: readonly Write[]; readonly problems: readonly Problem[] }> {
  return carryOut(writes, {
    cluster,
    owner: view.daywatch,
    isKnown: (resource, object) =>
      resource in observation.owned && view.find(resource, object.metadata.name) !== undefined,
    signal,
  });
}

/** Writes it where it says something new, and notes what has changed as events. */
async function writeStatus(
  { cluster, events }: DaywatchReconciler,
  { daywatch }: View,
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

async function removeDaywatch(
  reconciler: DaywatchReconciler,
  view: View,
  signal: AbortSignal,
): Promise<Outcome> {
  const { events, logger } = reconciler;
  const { daywatch } = view;
  const remains = await findRemains(reconciler, daywatch, signal).catch((error: unknown) => {
    // What cannot even be looked at must not hold it for ever.
    if (!isOverdue(view)) throw error;
    return { volumes: [], secrets: [] };
  });
  const plan = planRemoval(view, remains);
  await carryOutAll(reconciler, view, plan.writes, signal);
  if (!plan.isDone) {
    const progress = finding('Progressing', true, 'Removing', plan.message);
    const others = keepOtherFindings(daywatch);
    await writeStatus(reconciler, view, withConditions(daywatch, [...others, progress], view.nowMs), signal);
    return plan.againAfterMs === undefined ? {} : { againAfterMs: plan.againAfterMs };
  }
  const rest = (daywatch.metadata.finalizers ?? []).filter((each) => each !== FINALIZER);
  if (rest.length === daywatch.metadata.finalizers?.length) return {};
  await setFinalizers(reconciler, daywatch, rest, signal);
  logger.info(`daywatch ${formatKey(keyOf(daywatch as KubeObject))} was removed: ${plan.message}`);
  await events.note(daywatch, { type: 'Normal', reason: 'Removed', message: plan.message }, signal);
  return {};
}

async function findRemains(
  { cluster }: DaywatchReconciler,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<{ readonly volumes: readonly KubeObject[]; readonly secrets: readonly KubeObject[] }> {
  const { name, namespace = '' } = daywatch.metadata;
  const volumes = await listClaims(cluster, daywatch, signal);
  const secrets: KubeObject[] = [];
  for (const need of listSecretNeeds(createScope(daywatch, { managedBy: MANAGED_BY }))) {
    if (need.isOwn) continue;
    const secret = await readSecret(cluster, { namespace, name: need.name }, signal);
    if (secret?.metadata.labels?.[INSTANCE] === name) secrets.push(secret);
  }
  return { volumes, secrets };
}

/** As of the version that was read: two who change the list at once must not undo each other. */
async function setFinalizers(
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

function describeWrite({ kind, object }: Write, { metadata }: Daywatch): string {
  const did = { apply: 'applied', create: 'made', delete: 'deleted' }[kind];
  return `daywatch ${metadata.namespace ?? ''}/${metadata.name}: ${did} ${object.kind} ${object.metadata.name}`;
}

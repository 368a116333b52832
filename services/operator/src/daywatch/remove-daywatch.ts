import { createScope, listSecretNeeds, type Daywatch } from '@daywatch/installation';
import { isClusterError } from '../cluster/cluster-error.ts';
import { formatKey, keyOf, type KubeObject } from '../cluster/kube-object.ts';
import type { Outcome } from '../queue/run-workers.ts';
import { finding } from './conditions.ts';
import { withSomeConditions } from './describe-status.ts';
import { FINALIZER, MANAGED_BY } from './names.ts';
import { listClaims, readSecret } from './observe.ts';
import { isOverdue, planRemoval, type RemovalPlan, type Remains } from './plan-removal.ts';
import {
  carryOutAll,
  IncompleteError,
  setFinalizers,
  writeStatus,
  type DaywatchReconciler,
} from './reconciler.ts';
import type { Problem, Sight } from './view.ts';
import { isOfInstallation } from './wanted-object.ts';

/**
 * Brings a Daywatch that is deleted a step nearer to its end. What cannot be looked at or deleted is said and tried
 * again, until it is overdue: then nothing holds it, whatever fails.
 */
export async function removeDaywatch(
  reconciler: DaywatchReconciler,
  sight: Sight,
  signal: AbortSignal,
): Promise<Outcome> {
  const remains = await findRemains(reconciler, sight.daywatch, signal);
  const plan = planRemoval(sight, remains);
  const problems = await carryOutRemoval(reconciler, sight, plan, signal);
  const message = [plan.message, ...problems.map((problem) => problem.message)].join('; ');
  if (plan.isDone && (problems.length === 0 || isOverdue(sight))) {
    await letGo(reconciler, sight.daywatch, { message, isClean: problems.length === 0 }, signal);
    return {};
  }
  const progress = finding('Progressing', true, 'Removing', message);
  await writeStatus(reconciler, sight, withSomeConditions(sight.daywatch, [progress], sight.nowMs), signal);
  if (problems.length > 0) throw new IncompleteError(message);
  return plan.againAfterMs === undefined ? {} : { againAfterMs: plan.againAfterMs };
}

/** @returns what could not be deleted */
async function carryOutRemoval(
  reconciler: DaywatchReconciler,
  sight: Sight,
  plan: RemovalPlan,
  signal: AbortSignal,
): Promise<readonly Problem[]> {
  try {
    return (await carryOutAll(reconciler, sight, plan.writes, signal)).problems;
  } catch (error) {
    if (!isClusterError(error) || !isOverdue(sight)) throw error;
    return [{ reason: 'WriteRefused', message: error.message }];
  }
}

async function letGo(
  reconciler: DaywatchReconciler,
  daywatch: Daywatch,
  { message, isClean }: { readonly message: string; readonly isClean: boolean },
  signal: AbortSignal,
): Promise<void> {
  const finalizers = daywatch.metadata.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) return;
  const rest = finalizers.filter((each) => each !== FINALIZER);
  await setFinalizers(reconciler, daywatch, rest, signal);
  reconciler.logger.info(`daywatch ${formatKey(keyOf(daywatch as KubeObject))} was removed: ${message}`);
  const type = isClean ? 'Normal' : 'Warning';
  await reconciler.events.note(daywatch, { type, reason: 'Removed', message }, signal);
}

/** What is there still, as far as it can be looked at. */
async function findRemains(
  { cluster }: DaywatchReconciler,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<Remains> {
  const { namespace = '' } = daywatch.metadata;
  let unseen: string | undefined;
  const seeAll = async <T>(looking: Promise<T>): Promise<T | undefined> =>
    looking.catch((error: unknown) => {
      if (!isClusterError(error)) throw error;
      unseen ??= error.message;
      return undefined;
    });
  const volumes = (await seeAll(listClaims(cluster, daywatch, signal))) ?? [];
  const secrets: KubeObject[] = [];
  for (const need of listSecretNeeds(createScope(daywatch, { managedBy: MANAGED_BY }))) {
    if (need.isOwn) continue;
    const secret = await seeAll(readSecret(cluster, { namespace, name: need.name }, signal));
    if (secret !== undefined && isOfInstallation(secret, daywatch)) secrets.push(secret);
  }
  return { volumes, secrets, ...(unseen === undefined ? {} : { unseen }) };
}

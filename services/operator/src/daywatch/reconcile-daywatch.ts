import type { Daywatch } from '@daywatch/installation';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { Outcome } from '../queue/run-workers.ts';
import { describeReason } from './carry-out.ts';
import { describeHalt, describeStatus } from './describe-status.ts';
import { FINALIZER } from './names.ts';
import { observe, seeWatched } from './observe.ts';
import { planInstallation } from './plan-installation.ts';
import {
  carryOutAll,
  IncompleteError,
  setFinalizers,
  writeStatus,
  type DaywatchReconciler,
} from './reconciler.ts';
import { removeDaywatch } from './remove-daywatch.ts';
import type { Sight, View, Write } from './view.ts';

/** Brings one installation a step nearer to what its Daywatch says, and says how far it is. */
export async function reconcileDaywatch(
  reconciler: DaywatchReconciler,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<Outcome> {
  const { observation, clock, targetsOf } = reconciler;
  const sight = seeWatched(observation, daywatch, clock.now());
  const { deletionTimestamp, finalizers = [] } = daywatch.metadata;
  if (deletionTimestamp !== undefined) return removeDaywatch(reconciler, sight, signal);
  const view = await observe(observation, sight, { targets: targetsOf(daywatch), signal }).catch(
    (error: unknown) => sayUnseen(reconciler, sight, error, signal),
  );
  if (!finalizers.includes(FINALIZER)) {
    await setFinalizers(reconciler, daywatch, [...finalizers, FINALIZER], signal);
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
    await writeStatus(reconciler, view, describeHalt(view, 'InvalidSpecification', plan.problems), signal);
    return {};
  }
  const { written, problems } = await carryOutAll(reconciler, view, plan.writes, signal);
  await writeStatus(reconciler, view, describeStatus(view, plan, problems), signal);
  for (const write of written) reconciler.logger.info(describeWrite(write, view.daywatch));
  const [first] = problems;
  if (first !== undefined) throw new IncompleteError(first.message);
  return plan.againAfterMs === undefined ? {} : { againAfterMs: plan.againAfterMs };
}

/** Says that an installation cannot even be looked at, where the API server answers at all. @throws error */
async function sayUnseen(
  reconciler: DaywatchReconciler,
  sight: Sight,
  error: unknown,
  signal: AbortSignal,
): Promise<never> {
  if (error instanceof ClusterError && error.code !== 'unavailable') {
    const message = `it cannot be looked at: ${error.message}`;
    const problems = [{ reason: describeReason(error), message }];
    await writeStatus(reconciler, sight, describeHalt(sight, 'Halted', problems), signal);
  }
  throw error;
}

function describeWrite({ kind, object }: Write, { metadata }: Daywatch): string {
  const did = { apply: 'applied', create: 'made', delete: 'deleted' }[kind];
  return `daywatch ${metadata.namespace ?? ''}/${metadata.name}: ${did} ${object.kind} ${object.metadata.name}`;
}

import { countReplicas, createScope, enabledParts, nameObject } from '@daywatch/installation';
import type { LiveDeployment } from '../cluster/live-objects.ts';
import { finding, type Finding } from './conditions.ts';
import { MANAGED_BY } from './names.ts';
import { isAllDone, type InstallationPlan } from './plan-installation.ts';
import type { PartStep } from './plan-parts.ts';
import type { Problem, Sight, View } from './view.ts';

/** The conditions of an installation: what is so, and why. */
export function describeFindings(
  view: View,
  plan: InstallationPlan,
  failures: readonly Problem[],
): readonly Finding[] {
  const problems = [...failures, ...plan.problems];
  return [
    describeAvailable(view),
    describeProgress(view, plan, problems),
    describeDegraded(problems),
    describeMigrations(plan),
    describeDatabase(view, plan),
  ];
}

export function describeDegraded(problems: readonly Problem[]): Finding {
  const [first] = problems;
  if (first === undefined) return finding('Degraded', false, 'AsExpected', 'nothing is wrong');
  return finding('Degraded', true, first.reason, problems.map(({ message }) => message).join('; '));
}

/** Whether each part that should run answers with one replica at least. */
export function describeAvailable({ daywatch, find }: Sight): Finding {
  const scope = createScope(daywatch, { managedBy: MANAGED_BY });
  const parts = enabledParts(scope);
  const missing = parts.filter((part) => {
    const live = find<LiveDeployment>('deployments', nameObject(scope, part.component));
    return countReplicas(scope, part) > 0 && (live?.status?.availableReplicas ?? 0) === 0;
  });
  if (missing.length === 0) {
    return finding('Available', true, 'AllPartsAnswer', `all ${parts.length} parts answer`);
  }
  const names = missing.map(({ component }) => component).join(', ');
  return finding('Available', false, 'PartsMissing', `no replica is available of ${names}`);
}

function describeProgress(view: View, plan: InstallationPlan, problems: readonly Problem[]): Finding {
  const { version: decision, migration, steps, stores } = plan;
  const serving = view.daywatch.status?.version;
  const say = (isSo: boolean, reason: string, message: string): Finding =>
    finding('Progressing', isSo, reason, message);
  const [activity, reason] =
    serving === undefined
      ? [`installing ${decision.version}`, 'Installing']
      : serving === decision.version
        ? [`changing ${serving}`, 'Changing']
        : [`upgrading from ${serving} to ${decision.version}`, 'Upgrading'];
  if (migration.kind === 'failed') return say(false, 'Halted', `${activity}: ${migration.message}`);
  const failed = steps.find(({ rollout }) => rollout.kind === 'failed');
  if (failed !== undefined) {
    const problem = problems.find((each) => each.reason === 'RolloutFailed');
    return say(
      false,
      'Halted',
      `${activity} has halted: ${problem?.message ?? failed.objects.part.component}`,
    );
  }
  if (decision.kind === 'stay' && isAllDone(plan)) {
    return say(false, decision.reason, `${decision.message}${describeAhead(decision.version, steps)}`);
  }
  if (isAllDone(plan)) return say(false, 'Complete', `version ${decision.version} is in place`);
  const store = stores.find(({ rollout }) => rollout.kind !== 'done');
  if (store !== undefined)
    return say(true, reason, `${activity}: waits for the ${store.component}: ${tell(store)}`);
  if (migration.kind !== 'done') return say(true, reason, `${activity}: ${migration.message}`);
  const step = steps.find(({ turn, rollout }) => turn !== 'told' || rollout.kind !== 'done');
  const what = step === undefined ? '' : `: waits for ${step.objects.part.component}: ${tell(step)}`;
  return say(true, reason, `${activity}${what}`);
}

/** Parts that an upgrade has brought to another version before it was paused, or another one was asked for. */
function describeAhead(version: string, steps: readonly PartStep[]): string {
  const ahead = steps.filter((step) => step.version !== version);
  if (ahead.length === 0) return '';
  return `; as it was under way, these stay: ${ahead.map(({ objects, version: of }) => `${objects.part.component} ${of}`).join(', ')}`;
}

function tell({ rollout }: { readonly rollout: PartStep['rollout'] }): string {
  return rollout.kind === 'done' ? 'done' : rollout.message;
}

function describeMigrations({ migration }: InstallationPlan): Finding {
  const { kind, message } = migration;
  const REASONS = { done: 'Applied', waiting: 'Waiting', running: 'Running', failed: 'Failed' } as const;
  return finding('MigrationsApplied', kind === 'done', REASONS[kind], message);
}

function describeDatabase({ daywatch }: View, { stores, problems }: InstallationPlan): Finding {
  const say = (isSo: boolean | undefined, reason: string, message: string): Finding =>
    finding('DatabaseReady', isSo, reason, message);
  const { secretName } = daywatch.spec.database;
  const name = secretName ?? `${daywatch.metadata.name}-database`;
  const missing = problems.find(
    ({ reason, message }) =>
      (reason === 'SecretMissing' || reason === 'SecretLost') && message.startsWith(`Secret '${name}'`),
  );
  if (missing !== undefined) return say(false, missing.reason, missing.message);
  const store = stores.find(({ component }) => component === 'database');
  if (store === undefined) {
    return say(true, 'External', `the addresses of the database stand in Secret '${name}'`);
  }
  if (store.rollout.kind === 'done') return say(true, 'Ready', 'the database is ready');
  return say(false, 'NotReady', `the database is not ready: ${store.rollout.message}`);
}

import { selectorLabels, createScope, type Daywatch, type DaywatchStatus } from '@daywatch/installation';
import { finding, updateConditions, type Finding } from './conditions.ts';
import { describeAvailable, describeDegraded, describeFindings } from './describe-findings.ts';
import { MANAGED_BY } from './names.ts';
import { isAllDone, type InstallationPlan } from './plan-installation.ts';
import type { PartStep } from './plan-parts.ts';
import type { Problem, Sight, View } from './view.ts';

/** What is said about an installation. @param failures what could not be written. */
export function describeStatus(
  view: View,
  plan: InstallationPlan,
  failures: readonly Problem[],
): DaywatchStatus {
  const { daywatch } = view;
  const version = plan.version.version;
  const isServing = isAllDone(plan) && plan.steps.every((step) => step.version === version);
  const serving = isServing ? version : daywatch.status?.version;
  const { migrated } = plan.migration;
  const url = describeUrl(daywatch);
  return {
    ...withConditions(daywatch, describeFindings(view, plan, failures), view.nowMs),
    ...(serving === undefined ? {} : { version: serving }),
    ...(migrated === undefined ? {} : { migratedVersion: migrated, migratedDatabase: view.database }),
    ...(url === undefined ? {} : { url }),
    ...describeScale(daywatch, plan.steps),
    parts: plan.steps.map(({ objects, live, version, turn, rollout }) => ({
      name: objects.part.name,
      version,
      replicas: objects.deployment.spec.replicas,
      readyReplicas: live?.status?.readyReplicas ?? 0,
      upToDate: turn === 'told' && rollout.kind === 'done',
    })),
  };
}

/**
 * What is said where nothing can be done: what is wrong, and what can be seen all the same.
 * @param reason why it does not go on, in one word.
 */
export function describeHalt(sight: Sight, reason: string, problems: readonly Problem[]): DaywatchStatus {
  const degraded = describeDegraded(problems);
  const progress = finding('Progressing', false, reason, degraded.message);
  return withSomeConditions(sight.daywatch, [describeAvailable(sight), progress, degraded], sight.nowMs);
}

/** The status with nothing new but some conditions. The others stay, with the generation of which they were said. */
export function withSomeConditions(
  daywatch: Daywatch,
  findings: readonly Finding[],
  nowMs: number,
): DaywatchStatus {
  const former = daywatch.status?.conditions ?? [];
  const kept = former.filter(({ type }) => !findings.some((each) => each.type === type));
  const status = withConditions(daywatch, findings, nowMs);
  return { ...status, conditions: [...kept, ...(status.conditions ?? [])] };
}

function withConditions(
  { metadata, status = {} }: Daywatch,
  findings: readonly Finding[],
  nowMs: number,
): DaywatchStatus {
  const generation = metadata.generation ?? 0;
  return {
    ...status,
    observedGeneration: generation,
    conditions: updateConditions(status.conditions ?? [], findings, { generation, nowMs }),
  };
}

function describeUrl({ spec: { ingress, parts } }: Daywatch): string | undefined {
  if (ingress === undefined || !parts.calendarApi.enabled) return undefined;
  return `${ingress.tlsSecretName === undefined ? 'http' : 'https'}://${ingress.host}/`;
}

/** What `kubectl scale` and autoscalers read: the API of the calendar, or the first part where there is none. */
function describeScale(
  daywatch: Daywatch,
  steps: readonly PartStep[],
): Pick<DaywatchStatus, 'replicas' | 'selector'> {
  const step = steps.find(({ objects }) => objects.part.name === 'calendarApi') ?? steps[0];
  if (step === undefined) return {};
  const labels = selectorLabels(
    createScope(daywatch, { managedBy: MANAGED_BY }),
    step.objects.part.component,
  );
  const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return { replicas: step.live?.status?.replicas ?? 0, selector: selector.join(',') };
}

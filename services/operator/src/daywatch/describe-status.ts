import { selectorLabels, createScope, type Daywatch, type DaywatchStatus } from '@daywatch/installation';
import { updateConditions, type Finding } from './conditions.ts';
import { describeFindings } from './describe-findings.ts';
import { MANAGED_BY } from './names.ts';
import { isAllDone, type InstallationPlan } from './plan-installation.ts';
import type { PartStep } from './plan-parts.ts';
import type { Problem, View } from './view.ts';

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

/** The status with nothing new but its conditions, where nothing else could be found out. */
export function withConditions(
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

import {
  createScope,
  describeInstallation,
  InstallationError,
  MIGRATE,
  type InstallationObjects,
  type KubernetesObject,
  type RandomText,
  type StoreObjects,
} from '@daywatch/installation';
import { formatKey, keyOf, type KubeObject } from '../cluster/kube-object.ts';
import type { LiveStatefulSet } from '../cluster/live-objects.ts';
import { COMPONENT, MANAGED_BY } from './names.ts';
import { findConflicts, keepObject } from './keep-object.ts';
import { keepVersions } from './keep-versions.ts';
import { planMigration, readMigrated, type MigrationPlan } from './plan-migration.ts';
import { planParts, podsOf, type PartStep } from './plan-parts.ts';
import { planSecrets, type SecretsPlan } from './plan-secrets.ts';
import { judgeStatefulSet, type Rollout } from './rollout.ts';
import { decideVersion, type VersionDecision } from './version-policy.ts';
import type { Problem, View, Write } from './view.ts';

/** What is done about an installation, and what is to be said about it. */
export interface InstallationPlan {
  /** In the order in which they are carried out. */
  readonly writes: readonly Write[];
  readonly version: VersionDecision;
  readonly stores: readonly StoreStep[];
  readonly migration: MigrationPlan;
  readonly steps: readonly PartStep[];
  readonly problems: readonly Problem[];
  readonly againAfterMs: number | undefined;
}

interface StoreStep {
  readonly component: string;
  readonly rollout: Rollout;
}

/** The specification contradicts itself: nothing is changed, and it says what is wrong. */
export interface RefusedPlan {
  readonly problems: readonly Problem[];
}

/** Secrets of others are not watched: whether one is there at last is looked at so often. */
const LOOK_FOR_SECRETS_MS = 15_000;
/** One that was just made is there at the next look, and nothing tells. */
const LOOK_FOR_MADE_MS = 100;

/** Decides what is to be done next. The same in, the same out, but for the random text of new passwords. */
export function planInstallation(view: View, random: RandomText): InstallationPlan | RefusedPlan {
  const { daywatch, targets } = view;
  const current = daywatch.status?.version;
  const version = decideVersion({ serving: current, migrated: readMigrated(view) }, daywatch.spec);
  const options = { managedBy: MANAGED_BY, targets };
  const describe = (of: string): InstallationObjects =>
    describeInstallation(daywatch, { ...options, version: of });
  let wanted: InstallationObjects;
  try {
    wanted = describe(version.version);
    if (version.kind === 'stay') wanted = { ...wanted, parts: keepVersions(view, wanted.parts, describe) };
  } catch (error) {
    if (!(error instanceof InstallationError)) throw error;
    return { problems: error.problems.map((message) => ({ reason: 'InvalidSpecification', message })) };
  }
  const serving = current === undefined || current === version.version ? undefined : describe(current);

  const secrets = planSecrets(view, createScope(daywatch, options), random);
  const stores = wanted.stores.map((store) => judgeStore(view, store));
  const needs = describeNeeds(stores, secrets.problems);
  const migration = planMigration(view, wanted.migration, version.version, needs);
  const isMigrated = migration.kind === 'done';
  const parts = planParts({ view, wanted, serving, isMigrated });
  const always: readonly KubernetesObject[] = [
    ...wanted.foundation,
    ...wanted.stores.flatMap(({ configMap, service, statefulSet }) => [configMap, service, statefulSet]),
    ...(wanted.ingress === undefined ? [] : [wanted.ingress]),
  ];
  const early = wanted.stores
    .filter((store) => isTooEarly(view, store))
    .map(({ statefulSet }) => statefulSet);
  const now = always.filter((object) => !early.some((each) => each === object));
  const all = [...always, ...wanted.parts.flatMap(({ configMap, deployment }) => [configMap, deployment])];
  return {
    writes: [
      ...secrets.writes,
      ...now.flatMap((object) => keepObject(view, object)),
      ...migration.writes,
      ...parts.writes,
      ...prune(view, all),
    ],
    version,
    stores,
    migration,
    steps: parts.steps,
    problems: [
      ...findConflicts(view, all),
      ...secrets.problems,
      ...(migration.conflict === undefined ? [] : [migration.conflict]),
      ...(migration.kind === 'failed' ? [{ reason: 'MigrationFailed', message: migration.message }] : []),
      ...parts.steps.flatMap(describeFailedStep),
      ...(version.kind === 'stay' && version.reason !== 'UpgradePaused' ? [version] : []),
    ],
    againAfterMs: chooseAgain(secrets, early.length > 0, migration),
  };
}

/** Whether everything is as the version wants it. */
export function isAllDone({ migration, steps, stores }: InstallationPlan): boolean {
  return (
    migration.kind === 'done' &&
    stores.every(({ rollout }) => rollout.kind === 'done') &&
    steps.every(({ turn, rollout }) => turn === 'told' && rollout.kind === 'done')
  );
}

function judgeStore(view: View, { component, statefulSet }: StoreObjects): StoreStep {
  const live = view.find<LiveStatefulSet>('statefulsets', statefulSet.metadata.name);
  const rollout: Rollout =
    live === undefined
      ? { kind: 'waiting', message: 'it is being started' }
      : judgeStatefulSet(live, podsOf(view, component));
  return { component, rollout };
}

/**
 * Whether a store has to wait for its Secret: its claim is made with it, and a claim without a Secret looks like one whose
 * passwords are lost.
 */
function isTooEarly(view: View, { statefulSet, secretName }: StoreObjects): boolean {
  return (
    view.secretKeys.get(secretName) === undefined &&
    view.find('statefulsets', statefulSet.metadata.name) === undefined
  );
}

function chooseAgain(secrets: SecretsPlan, isMade: boolean, migration: MigrationPlan): number | undefined {
  if (secrets.problems.length > 0) return LOOK_FOR_SECRETS_MS;
  return isMade ? LOOK_FOR_MADE_MS : migration.againAfterMs;
}

/** Why the migrations cannot begin. */
function describeNeeds(stores: readonly StoreStep[], problems: readonly Problem[]): string | undefined {
  const [missing] = problems;
  if (missing !== undefined) return missing.message;
  const waiting = stores.find(
    ({ component, rollout }) => component === 'database' && rollout.kind !== 'done',
  );
  if (waiting === undefined || waiting.rollout.kind === 'done') return undefined;
  return `the database is not ready: ${waiting.rollout.message}`;
}

function describeFailedStep({ objects, rollout, version }: PartStep): readonly Problem[] {
  if (rollout.kind !== 'failed') return [];
  const message = `${objects.part.component} ${version} does not become ready: ${rollout.message}`;
  return [{ reason: 'RolloutFailed', message }];
}

/** What belongs to the installation, and is none of it any more. */
function prune(view: View, wanted: readonly KubernetesObject[]): readonly Write[] {
  const names = new Set(wanted.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  return view.owned
    .filter((object) => isPrunable(object) && !names.has(`${object.kind} ${object.metadata.name}`))
    .sort((a, b) => (formatKey(keyOf(a)) < formatKey(keyOf(b)) ? -1 : 1))
    .map((object) => ({ kind: 'delete', object, propagation: 'Background' }));
}

/** The Job of the migrations is cleared away when the next one begins. */
function isPrunable({ kind, metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp === undefined && !(kind === 'Job' && metadata.labels?.[COMPONENT] === MIGRATE)
  );
}

import {
  configurationFile,
  type Deployment,
  type InstallationObjects,
  type PartObjects,
} from '@daywatch/installation';
import type { LiveConfigMap, LiveDeployment, LivePod } from '../cluster/live-objects.ts';
import { fingerprint } from './fingerprint.ts';
import { keepObject } from './keep-object.ts';
import { COMPONENT, TEMPLATE, TOLD, VERSION_LABEL } from './names.ts';
import { judgeDeployment, type Rollout } from './rollout.ts';
import type { View, Write } from './view.ts';

/** How one part stands, and what is done about it. */
export interface PartStep {
  readonly objects: PartObjects;
  readonly live: LiveDeployment | undefined;
  /** The version of its pods, as far as they are told. */
  readonly version: string;
  /** Whether its pods are told to be as they should be; `held` waits for its turn. */
  readonly turn: 'told' | 'held' | 'absent';
  readonly rollout: Rollout;
}

export interface PartsPlan {
  readonly writes: readonly Write[];
  readonly steps: readonly PartStep[];
}

export interface PartsOptions {
  readonly view: View;
  readonly wanted: InstallationObjects;
  /** As of the version that serves, where that is another one. */
  readonly serving: InstallationObjects | undefined;
  /** Whether the database is as `wanted` needs it. */
  readonly isMigrated: boolean;
}

/**
 * Brings the parts to where they should be, one after the other: the pods of a part are replaced when those of all
 * parts before it are as they should be. What replaces no pods (how many there are, what others have changed, the
 * targets of the checker) waits for nobody.
 */
export function planParts(options: PartsOptions): PartsPlan {
  const { view, wanted, serving, isMigrated } = options;
  const writes: Write[] = [];
  const steps: PartStep[] = [];
  let isOpen = isMigrated;
  for (const objects of wanted.parts) {
    const { part, deployment } = objects;
    const live = view.find<LiveDeployment>('deployments', deployment.metadata.name);
    const version = versionOf(deployment);
    const former = serving?.parts.find((each) => each.part === part);
    const pods = podsOf(view, part.component);
    const tell = (turn: PartStep['turn'], rollout: Rollout, of: string): void => {
      steps.push({ objects, live, version: of, turn, rollout });
      isOpen &&= turn === 'told' && rollout.kind === 'done';
    };
    if (live === undefined) {
      const chosen = isMigrated ? objects : former;
      if (chosen !== undefined) writes.push(...keepPart(view, chosen));
      const message = chosen === undefined ? 'it has not been started yet' : 'it is being started';
      tell(isMigrated ? 'told' : 'absent', { kind: 'waiting', message }, version);
      continue;
    }
    if (isTold(live, objects)) {
      writes.push(...keepPart(view, objects));
      tell('told', judgeDeployment(live, pods), version);
    } else if (isOpen) {
      writes.push(...keepPart(view, objects));
      tell('told', { kind: 'waiting', message: 'it is being replaced' }, version);
    } else {
      writes.push(
        ...(former !== undefined && isTold(live, former)
          ? keepPart(view, former)
          : [...keepTargets(view, objects), ...keepTold(view, objects, live)]),
      );
      tell('held', { kind: 'waiting', message: 'it waits for its turn' }, versionOf(live));
    }
  }
  return { writes, steps };
}

/** Whether the pods were last told to be like that. What others have changed of them since does not count. */
function isTold(live: LiveDeployment, { deployment }: PartObjects): boolean {
  return live.metadata.annotations?.[TEMPLATE] === fingerprint(deployment.spec.template);
}

/** What waits for its turn keeps the pods that it was last told to have, whatever is wanted by now; all else follows at once. */
function keepTold(view: View, { deployment }: PartObjects, live: LiveDeployment): readonly Write[] {
  const { annotations = {} } = live.metadata;
  const template = parseObject(annotations[TOLD]) as Deployment['spec']['template'] | undefined;
  if (template === undefined || fingerprint(template) !== annotations[TEMPLATE]) return [];
  return keepObject(view, { ...deployment, spec: { ...deployment.spec, template } });
}

/** Its configuration first: the new pods read it when they start. */
function keepPart(view: View, { configMap, deployment }: PartObjects): readonly Write[] {
  return [...keepObject(view, configMap), ...keepObject(view, deployment)];
}

/**
 * The configuration of a part that waits for its turn stays as its pods have read it, for one that restarts. Which that
 * is, nobody knows any more where it has been changed since; but the targets of a checker are read anew at any time.
 */
function keepTargets(view: View, { part, configMap }: PartObjects): readonly Write[] {
  const live = view.find<LiveConfigMap>('configmaps', configMap.metadata.name);
  const file = configurationFile(part);
  const [former, wanted] = [parseObject(live?.data?.[file]), parseObject(configMap.data[file])];
  if (part.name !== 'checker' || former === undefined) return [];
  const text = `${JSON.stringify({ ...former, targets: wanted?.['targets'] }, null, 2)}\n`;
  return keepObject(view, { ...configMap, data: { [file]: text } });
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Somebody has written into it: it is made anew when the turn of the part has come.
    return undefined;
  }
}

/** The version that the pods of a Deployment are told to have. */
export function versionOf({ spec }: Pick<LiveDeployment, 'spec'>): string {
  return spec?.template?.metadata?.labels?.[VERSION_LABEL] ?? 'unknown';
}

export function podsOf({ pods }: View, component: string): readonly LivePod[] {
  return pods.filter(({ metadata }) => metadata.labels?.[COMPONENT] === component);
}

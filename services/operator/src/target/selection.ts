import type { KubeObject } from '../cluster/kube-object.ts';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import { hasLabels } from './find-endpoints.ts';

/** What a target resource says of the Services or Pods that it means. */
export interface Selector {
  readonly namespace?: string;
  readonly name?: string;
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export function selects({ name, matchLabels = {} }: Selector, object: KubeObject): boolean {
  return name === undefined ? hasLabels(object, matchLabels) : object.metadata.name === name;
}

function labelsDiffer(before: KubeObject, after: KubeObject): boolean {
  return JSON.stringify(before.metadata.labels) !== JSON.stringify(after.metadata.labels);
}

/** Whether a change of a Service may matter to a target. */
export function servicesDiffer(before: LiveService, after: LiveService): boolean {
  return labelsDiffer(before, after) || JSON.stringify(before.spec) !== JSON.stringify(after.spec);
}

/** Most changes of a pod are of its conditions, and nothing to a target. */
export function podsDiffer(before: LivePod, after: LivePod): boolean {
  const tell = ({ phase, ip, ports, metadata }: LivePod): string =>
    JSON.stringify([phase, ip, ports, metadata.deletionTimestamp]);
  return labelsDiffer(before, after) || tell(before) !== tell(after);
}

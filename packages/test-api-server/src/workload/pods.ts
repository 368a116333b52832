import { createHash } from 'node:crypto';
import { AS_CONTROLLER, controllerReference } from '../control/controller-write.ts';
import {
  isJsonObject,
  toText,
  valueAt,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../object/kube-object.ts';
import { createObject } from '../write/create-object.ts';
import { deleteObject } from '../write/delete-object.ts';
import type { Cluster } from './cluster.ts';

/** A short name for what a template says, which changes when it does. */
export function hashTemplate(template: Json | undefined): string {
  return createHash('sha256')
    .update(stableText(template ?? null))
    .digest('hex')
    .slice(0, 10);
}

function stableText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([field, inner]) => `${JSON.stringify(field)}:${stableText(inner)}`).join(',')}}`;
}

interface PodName {
  readonly name?: string;
  readonly generateName?: string;
}

/** Makes a Pod of an owner's template. */
export function createPod(
  { state, resources }: Cluster,
  owner: KubeObject,
  name: PodName,
  labels: Readonly<Record<string, string>>,
  more: JsonObject = {},
): KubeObject {
  const template = valueAt(owner, ['spec', 'template']);
  const { metadata = {}, spec = {} } = isJsonObject(template) ? template : {};
  const given = isJsonObject(metadata) ? metadata : {};
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(name as { name: string }),
      ...(owner.metadata.namespace !== undefined && { namespace: owner.metadata.namespace }),
      labels: { ...(given['labels'] as Record<string, string>), ...labels },
      ...(isJsonObject(given['annotations']) && {
        annotations: given['annotations'] as Record<string, string>,
      }),
      ownerReferences: [controllerReference(owner)],
    },
    spec: { ...(isJsonObject(spec) ? spec : {}), ...more },
  };
  return createObject(state, resources.pods, pod, AS_CONTROLLER);
}

export function removePod({ state, resources }: Cluster, pod: KubeObject): void {
  deleteObject(state, resources.pods, pod, { propagation: 'Background', isDryRun: false });
}

export function isReady(pod: KubeObject): boolean {
  const conditions = valueAt(pod, ['status', 'conditions']);
  return (
    Array.isArray(conditions) &&
    conditions.some((each) => isJsonObject(each) && each['type'] === 'Ready' && each['status'] === 'True')
  );
}

export function phaseOf(pod: KubeObject): string {
  return toText(valueAt(pod, ['status', 'phase']) ?? 'Pending');
}

export function imagesOf(pod: KubeObject): readonly string[] {
  return ['initContainers', 'containers'].flatMap((list) => {
    const containers = valueAt(pod, ['spec', list]);
    return (Array.isArray(containers) ? containers : []).map((each) => toText(valueAt(each, ['image'])));
  });
}

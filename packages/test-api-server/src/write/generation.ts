import type { KubeObject } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import type { ResourceType } from '../resource/resource-type.ts';

const WITH_GENERATION = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'Job',
  'Ingress',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'EndpointSlice',
  'CustomResourceDefinition',
]);

/** Whether `metadata.generation` counts what is wanted of an object. */
export function keepsGeneration({ custom, kind }: ResourceType): boolean {
  return custom !== undefined || WITH_GENERATION.has(kind);
}

/** Whether an object wants something else than before: anything besides metadata and a separate status. */
export function isWantChanged(before: KubeObject, after: KubeObject, { hasStatus }: ResourceType): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  fields.delete('metadata');
  if (hasStatus) fields.delete('status');
  return [...fields].some((field) => !isSameJson(before[field], after[field]));
}

import type { ApiState } from '../api-state.ts';
import { ApiError } from '../object/api-error.ts';
import { isJsonObject, toText, valueAt, type Json, type KubeObject } from '../object/kube-object.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import type { WriteOptions } from '../request/write-options.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { replaceObject } from './replace-object.ts';

/** What the `scale` endpoint shows of an object. */
export function toScale(object: KubeObject, { scale }: ResourceType): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = scale?.labelSelector === undefined ? undefined : valueAt(object, scale.labelSelector);
  const labels = valueAt(object, ['spec', 'selector', 'matchLabels']);
  const text = isJsonObject(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${toText(value)}`)
        .join(',')
    : undefined;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    spec: { replicas: valueAt(object, scale?.specReplicas ?? []) ?? 0 },
    status: {
      replicas: valueAt(object, scale?.statusReplicas ?? []) ?? 0,
      ...((selector ?? text) !== undefined && { selector: selector ?? text ?? '' }),
    },
  };
}

/** Writes the wanted number of replicas of a Scale into its object. @throws ApiError 409, 422 */
export function writeScale(
  state: ApiState,
  resource: ResourceType,
  existing: KubeObject,
  sent: Json,
  options: WriteOptions,
): KubeObject {
  const replicas = valueAt(sent, ['spec', 'replicas']);
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0)
    throw new ApiError(
      422,
      'Invalid',
      `Scale.autoscaling "${existing.metadata.name}" is invalid: spec.replicas: Invalid value: ` +
        `${JSON.stringify(replicas ?? null)}: must be greater than or equal to 0`,
    );
  const resourceVersion = valueAt(sent, ['metadata', 'resourceVersion']);
  const wanted = (resource.scale?.specReplicas ?? []).reduceRight<Json>(
    (below, field) => ({ [field]: below }),
    replicas,
  );
  const next = applyMergePatch(existing, wanted) as KubeObject;
  const checked: KubeObject = {
    ...next,
    metadata: {
      ...next.metadata,
      ...(typeof resourceVersion === 'string' && resourceVersion !== '' && { resourceVersion }),
    },
  };
  return toScale(
    replaceObject(state, { resource, subresource: 'scale' }, existing, checked, options),
    resource,
  );
}

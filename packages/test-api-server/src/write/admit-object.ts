import { badRequest, invalid } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { WriteOptions } from '../request/write-options.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { applyDefaults } from '../schema/apply-defaults.ts';
import { listUnknown } from '../schema/list-unknown.ts';
import { pruneUnknown } from '../schema/prune-unknown.ts';
import { validateRules } from '../schema/validate-rules.ts';
import { validateValue } from '../schema/validate-value.ts';
import { defaultBuiltIn } from './built-in-defaults.ts';
import { validateBuiltIn } from './built-in-rules.ts';
import { validateMetadata } from './validate-metadata.ts';

/** The object as it would be kept: without what its schema does not know, with its defaults. */
export function normalize(object: KubeObject, resource: ResourceType): KubeObject {
  const { custom } = resource;
  if (custom === undefined) return defaultBuiltIn(object, resource);
  if (custom.schema === undefined) return object;
  const { apiVersion, kind, metadata } = object;
  const known = applyDefaults(pruneUnknown(object, custom.schema), custom.schema);
  return { ...(known as KubeObject), apiVersion, kind, metadata };
}

/** @throws ApiError 400 that names every field that the schema does not know, where a client wants to hear of it */
export function refuseUnknown(
  object: KubeObject,
  { kind, version, custom }: ResourceType,
  { isStrict = false }: WriteOptions,
): void {
  if (!isStrict || custom?.schema === undefined) return;
  const unknown = listUnknown(object, custom.schema).map((path) => `unknown field "${path}"`);
  if (unknown.length > 0)
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${unknown.join(', ')}`,
    );
}

/** @throws ApiError 422 that names every field that is wrong */
export function validate(object: KubeObject, previous: KubeObject | undefined, resource: ResourceType): void {
  const causes = [...validateMetadata(object, previous, resource)];
  const schema = resource.custom?.schema;
  if (resource.custom === undefined) causes.push(...validateBuiltIn(object, previous, resource));
  if (schema !== undefined) {
    const { metadata: _, ...rest } = object;
    const faults = validateValue(rest, schema);
    // Rules may count on the types being right, so they are not asked where they are not.
    causes.push(...(faults.length > 0 ? faults : validateRules(object, previous, schema)));
  }
  if (causes.length > 0) throw invalid(resource, object.metadata.name, causes);
}

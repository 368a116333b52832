import type { MergeType } from '../apply/merge-type.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** How the values of a schema are merged: what its `x-kubernetes-…` marks say. */
export function mergeTypeOf(schema: StructuralSchema | undefined): MergeType | undefined {
  if (schema === undefined) return undefined;
  const { properties, additionalProperties, items } = schema;
  const element = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  const elementType = mergeTypeOf(element);
  const fields = Object.entries(properties ?? {}).flatMap(([name, property]) => {
    const type = mergeTypeOf(property);
    return type === undefined ? [] : [[name, type] as const];
  });
  const keys = schema['x-kubernetes-list-map-keys'];
  const keyDefaults = Object.entries(items?.properties ?? {}).flatMap(([name, property]) =>
    keys?.includes(name) === true && typeof property.default === 'string'
      ? [[name, property.default] as const]
      : [],
  );
  const list = schema['x-kubernetes-list-type'] === 'set' ? 'set' : keys;
  return {
    ...(list !== undefined && { list }),
    ...(keyDefaults.length > 0 && { keyDefaults: Object.fromEntries(keyDefaults) }),
    ...(schema['x-kubernetes-map-type'] === 'atomic' && { isAtomic: true }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(elementType !== undefined && { items: elementType }),
  };
}

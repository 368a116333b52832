import { isJsonObject, type Json } from '../object/kube-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** The value with the defaults of its schema where a field is absent, or null though it may not be. */
export function applyDefaults(value: Json, schema: StructuralSchema): Json {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => applyDefaults(item, items));
  }
  if (!isJsonObject(value)) return value;
  const { properties = {}, additionalProperties } = schema;
  const result = { ...value };
  for (const [field, property] of Object.entries(properties)) {
    const given = dropForbiddenNull(result[field], property);
    const inner = given ?? (given === null ? null : structuredClone(property.default));
    if (inner === undefined) delete result[field];
    else result[field] = applyDefaults(inner, property);
  }
  if (typeof additionalProperties === 'object')
    for (const [field, inner] of Object.entries(result))
      if (!(field in properties)) result[field] = applyDefaults(inner, additionalProperties);
  return result;
}

function dropForbiddenNull(value: Json | undefined, { nullable }: StructuralSchema): Json | undefined {
  return value === null && nullable !== true ? undefined : value;
}

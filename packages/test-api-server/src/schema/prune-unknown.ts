import { isJsonObject, type Json } from '../object/kube-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

const ALWAYS_KNOWN = new Set(['apiVersion', 'kind', 'metadata']);

/** The object without fields that its schema does not know, silently, as the real server does it. */
export function pruneUnknown(object: Json, schema: StructuralSchema): Json {
  return prune(object, schema, true);
}

function prune(value: Json, schema: StructuralSchema, isResource: boolean): Json {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => prune(item, items, isEmbedded(items)));
  }
  if (!isJsonObject(value)) return value;
  const { properties, additionalProperties } = schema;
  const keepsAll = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
  const fields = Object.entries(value).flatMap(([field, inner]): [string, Json][] => {
    const known =
      properties?.[field] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (known !== undefined && !(isResource && ALWAYS_KNOWN.has(field)))
      return [[field, prune(inner, known, isEmbedded(known))]];
    return keepsAll || (isResource && ALWAYS_KNOWN.has(field)) ? [[field, inner]] : [];
  });
  return Object.fromEntries(fields);
}

function isEmbedded(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-embedded-resource'] === true;
}

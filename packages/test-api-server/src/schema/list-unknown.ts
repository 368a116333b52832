import { isJsonObject, type Json } from '../object/kube-object.ts';
import { pruneUnknown } from './prune-unknown.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** The paths of what pruning would take away: `spec.sails`. */
export function listUnknown(object: Json, schema: StructuralSchema): readonly string[] {
  return compare(object, pruneUnknown(object, schema), '');
}

function compare(before: Json, after: Json | undefined, path: string): readonly string[] {
  if (after === undefined) return [path];
  if (Array.isArray(before))
    return before.flatMap((item, at) => compare(item, (after as Json[])[at], `${path}[${at}]`));
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return Object.entries(before).flatMap(([field, value]) =>
    value === undefined ? [] : compare(value, after[field], path === '' ? field : `${path}.${field}`),
  );
}

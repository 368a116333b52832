import { isJsonObject, type Json, type JsonObject } from '../object/kube-object.ts';

/** RFC 7386: maps are merged, null removes, all else replaces. */
export function applyMergePatch(value: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const result: JsonObject = isJsonObject(value) ? { ...value } : {};
  for (const [field, change] of Object.entries(patch))
    if (change === null) delete result[field];
    else result[field] = applyMergePatch(result[field], change);
  return result;
}

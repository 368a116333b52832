import { isJsonObject, type Json } from './kube-object.ts';

/** Whether two values say the same; the order of an object's fields says nothing. */
export function isSameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSameJson(item, right[index]))
    );
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const fields = Object.keys(left);
  return (
    fields.length === Object.keys(right).length &&
    fields.every((field) => field in right && isSameJson(left[field], right[field]))
  );
}

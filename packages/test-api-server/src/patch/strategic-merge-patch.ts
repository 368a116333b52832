import { badRequest } from '../object/api-error.ts';
import { isJsonObject, toText, type Json, type JsonObject } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import { fieldTypeOf, type MergeType } from '../apply/merge-type.ts';

const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';
const RETAIN_KEYS = '$retainKeys';
const DIRECTIVE = '$patch';

/**
 * Kubernetes' own patch: as a merge patch, but lists of a known key are merged by it. Lists that `type` does not
 * know are replaced. @throws ApiError 400 for a directive that there is not
 */
export function applyStrategicMergePatch(
  value: Json | undefined,
  patch: Json,
  type: MergeType | undefined,
): Json {
  if (Array.isArray(patch)) return mergeList(Array.isArray(value) ? value : [], patch, type);
  if (!isJsonObject(patch)) return patch;
  if (patch[DIRECTIVE] === 'replace') return without(patch, [DIRECTIVE]);
  if (patch[DIRECTIVE] === 'delete') return {};
  return mergeMap(isJsonObject(value) ? value : {}, patch, type);
}

function mergeMap(value: JsonObject, patch: JsonObject, type: MergeType | undefined): JsonObject {
  const retained = patch[RETAIN_KEYS];
  const result: JsonObject = Array.isArray(retained)
    ? Object.fromEntries(Object.entries(value).filter(([field]) => retained.includes(field)))
    : { ...value };
  for (const [field, change] of Object.entries(patch)) {
    if (field.startsWith(DELETE_FROM_LIST)) {
      const list = field.slice(DELETE_FROM_LIST.length);
      result[list] = removeItems(result[list], change);
    } else if (field.startsWith('$')) continue;
    else if (change === null) delete result[field];
    else result[field] = applyStrategicMergePatch(result[field], change, fieldTypeOf(type, field));
  }
  for (const [field, order] of Object.entries(patch))
    if (field.startsWith(ORDER)) {
      const list = field.slice(ORDER.length);
      result[list] = reorder(result[list], order, fieldTypeOf(type, list));
    }
  return result;
}

function mergeList(items: readonly Json[], patch: readonly Json[], type: MergeType | undefined): Json[] {
  const directives = patch.filter((item) => isJsonObject(item) && item[DIRECTIVE] === 'replace');
  if (directives.length > 0) return patch.filter((item) => !directives.includes(item));
  if (type?.list === 'set')
    return [...items, ...patch.filter((item) => !items.some((each) => isSameJson(each, item)))];
  if (type?.list === undefined) return [...patch];
  return mergeByKey(items, patch, type);
}

function mergeByKey(items: readonly Json[], patch: readonly Json[], type: MergeType): Json[] {
  const result = [...items];
  for (const change of patch) {
    if (!isJsonObject(change)) throw badRequest('an item of a list that is merged by key must be an object');
    const at = result.findIndex((item) => isSameItem(item, change, type));
    const directive = change[DIRECTIVE];
    if (directive === 'delete') {
      if (at !== -1) result.splice(at, 1);
    } else if (directive !== undefined && directive !== 'merge')
      throw badRequest(`Unknown patch type: ${toText(directive)}`);
    else {
      const merged = applyStrategicMergePatch(result[at], without(change, [DIRECTIVE]), type.items);
      if (at === -1) result.push(merged);
      else result[at] = merged;
    }
  }
  return result;
}

/**
 * A strategic merge patch knows one key of a list, where apply may know several: ports of a Service are told
 * apart by `port`, those of a container by `containerPort`.
 */
function isSameItem(item: Json | undefined, change: Json, { list }: MergeType): boolean {
  const [key] = Array.isArray(list) ? list : [];
  if (key === undefined || !isJsonObject(item) || !isJsonObject(change)) return false;
  return change[key] !== undefined && isSameJson(item[key], change[key]);
}

function removeItems(value: Json | undefined, gone: Json): Json[] {
  const items = Array.isArray(value) ? value : [];
  return items.filter((item) => !(Array.isArray(gone) && gone.some((each) => isSameJson(each, item))));
}

/** What the order names comes in that order; the rest stays where it was, behind it. */
function reorder(value: Json | undefined, order: Json, type: MergeType | undefined): Json[] {
  const items = Array.isArray(value) ? value : [];
  const wanted = Array.isArray(order) ? order : [];
  const placeOf = (item: Json): number => {
    const at = wanted.findIndex((each) =>
      type === undefined || type.list === 'set' ? isSameJson(each, item) : isSameItem(item, each, type),
    );
    return at === -1 ? wanted.length : at;
  };
  return items.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function without(value: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

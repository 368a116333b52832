import type { KubeObject, ManagedFieldsEntry } from '../object/kube-object.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { applyConflict } from './apply-conflict.ts';
import { changedFields, compare, type Comparison } from './compare.ts';
import {
  isSameManager,
  ownable,
  readManagers,
  withFields,
  writeManagers,
  type FieldManager,
  type ManagerId,
} from './field-managers.ts';
import { intersect, isEmptySet, NO_FIELDS, subtract, union, type FieldSet } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import { merge } from './merge.ts';
import { removeFields } from './remove-fields.ts';

/** A writer at an endpoint, now. */
export interface Writer extends ManagerId {
  /** RFC 3339, to the second. */
  readonly now: string;
}

/** Who owns what after a create or an update: the writer owns what it changed, and takes it from all others. */
export function trackUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  resource: ResourceType,
  writer: Writer,
): ManagedFieldsEntry[] {
  // What is always there is not news on creation: metadata and spec themselves.
  const empty = {
    metadata: {},
    ...('spec' in after && { spec: {} }),
    ...('status' in after && { status: {} }),
  };
  const comparison = compareOwnable(compare(before ?? empty, after, resource.mergeType), resource, writer);
  const managers = before === undefined ? [] : readManagers(before);
  const id = idOf(writer);
  const own = managers.find((each) => isSameManager(each, id))?.fields ?? NO_FIELDS;
  const fields = subtract(union(own, changedFields(comparison)), comparison.removed);
  const others = managers.filter((each) => !isSameManager(each, id));
  const left = others.map((each) => dispossess(each, comparison));
  const mine = managers.filter((each) => isSameManager(each, id));
  return writeManagers(withFields([...left, ...mine], id, fields, writer.now));
}

/**
 * Lays an applied object over the live one. The writer owns exactly what it applies: what it applied before and
 * no longer does is removed unless somebody else owns it too.
 *
 * @throws ApiError 409 where it would change what others own, unless forced
 */
export function applyOver(
  live: KubeObject | undefined,
  applied: KubeObject,
  resource: ResourceType,
  writer: Writer,
  isForced: boolean,
): KubeObject {
  const type = resource.mergeType;
  const id = idOf(writer);
  const before = live === undefined ? [] : readManagers(live);
  const others = before.filter((each) => !isSameManager(each, id));
  const mine = before.filter((each) => isSameManager(each, id));
  const fields = ownable(fieldsOf(applied, type), resource.hasStatus, writer.subresource);

  const merged = merge(live, applied, type);
  const owned = others.reduce((all, each) => union(all, each.fields), fields);
  const dropped = mine.reduce((all, each) => union(all, each.fields), NO_FIELDS);
  const next = (removeFields(merged, type, dropped, owned) ?? {}) as KubeObject;

  const comparison = compareOwnable(compare(live ?? {}, next, type), resource, writer);
  const changed = changedFields(comparison);
  const conflicts = others
    .map((owner) => ({ owner, fields: intersect(owner.fields, changed) }))
    .filter(({ fields }) => !isEmptySet(fields));
  if (conflicts.length > 0 && !isForced) throw applyConflict(conflicts);

  const left = others.map((each) => dispossess(each, comparison));
  const managedFields = writeManagers(withFields([...left, ...mine], id, fields, writer.now));
  return { ...next, metadata: { ...next.metadata, managedFields } };
}

function idOf({ manager, operation, apiVersion, subresource }: Writer): ManagerId {
  return { manager, operation, apiVersion, ...(subresource !== undefined && { subresource }) };
}

function dispossess(manager: FieldManager, comparison: Comparison): FieldManager {
  const lost = union(changedFields(comparison), comparison.removed);
  return { ...manager, fields: subtract(manager.fields, lost) };
}

function compareOwnable(comparison: Comparison, { hasStatus }: ResourceType, writer: Writer): Comparison {
  const limit = (fields: FieldSet): FieldSet => ownable(fields, hasStatus, writer.subresource);
  return {
    added: limit(comparison.added),
    modified: limit(comparison.modified),
    removed: limit(comparison.removed),
  };
}

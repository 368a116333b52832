import type { KubeObject, ManagedFieldsEntry } from '../object/kube-object.ts';
import {
  cut,
  fieldPath,
  fromFieldsV1,
  isEmptySet,
  isSameSet,
  NO_FIELDS,
  toFieldsV1,
  union,
  type FieldSet,
} from './field-set.ts';

/** Who writes, and how: ownership is kept by this. */
export interface ManagerId {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
}

export interface FieldManager extends ManagerId {
  readonly time: string;
  readonly fields: FieldSet;
}

/** Nobody owns these: the server sets them, or they say which object it is. */
const UNOWNED = [
  ['apiVersion'],
  ['kind'],
  ...[
    'name',
    'generateName',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'selfLink',
    'managedFields',
  ].map((field) => ['metadata', field]),
]
  .map((path) => fieldPath(...path))
  .reduce(union, NO_FIELDS);

const STATUS = fieldPath('status');

/** Without what nobody owns and what the endpoint does not write: `status` has an endpoint of its own. */
export function ownable(fields: FieldSet, hasStatus: boolean, subresource: string | undefined): FieldSet {
  const owned = cut(fields, UNOWNED);
  if (subresource === 'status')
    return {
      isMember: false,
      children: new Map([...owned.children].filter(([step]) => step === 'f:status')),
    };
  return hasStatus ? cut(owned, STATUS) : owned;
}

const parsed = new WeakMap<ManagedFieldsEntry, FieldSet>();

export function readManagers({ metadata }: KubeObject): FieldManager[] {
  return (metadata.managedFields ?? []).map((entry) => {
    const fields = parsed.get(entry) ?? fromFieldsV1(entry.fieldsV1);
    parsed.set(entry, fields);
    const { manager, operation, apiVersion, subresource, time } = entry;
    return {
      manager,
      operation,
      apiVersion,
      time,
      fields,
      ...(subresource !== undefined && { subresource }),
    };
  });
}

/** In the order of the real server: applied ones first, then by time and name. */
export function writeManagers(managers: readonly FieldManager[]): ManagedFieldsEntry[] {
  return managers
    .filter(({ fields }) => !isEmptySet(fields))
    .toSorted(
      (left, right) =>
        compareText(left.operation, right.operation) ||
        compareText(left.time, right.time) ||
        compareText(left.manager, right.manager),
    )
    .map(({ fields, manager, operation, apiVersion, time, subresource }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1' as const,
      fieldsV1: toFieldsV1(fields),
      ...(subresource !== undefined && { subresource }),
    }));
}

/** An applying manager is the same whatever version it applies in; an updating one is not. */
export function isSameManager(left: ManagerId, right: ManagerId): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    left.subresource === right.subresource &&
    (left.operation === 'Apply' || left.apiVersion === right.apiVersion)
  );
}

/** The managers with one of them owning these fields, since now if that is news. */
export function withFields(
  managers: readonly FieldManager[],
  id: ManagerId,
  fields: FieldSet,
  now: string,
): FieldManager[] {
  const before = managers.find((each) => isSameManager(each, id));
  const others = managers.filter((each) => each !== before);
  const isNews = before === undefined || !isSameSet(before.fields, fields);
  return [...others, { ...id, fields, time: isNews ? now : before.time }];
}

function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

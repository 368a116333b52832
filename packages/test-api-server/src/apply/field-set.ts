import { isJsonObject, type JsonObject } from '../object/kube-object.ts';

/**
 * A set of paths into an object, as a tree. Steps are written as `fieldsV1` writes them: `f:name` a field,
 * `k:{"name":"app"}` the item of a list with this key, `v:"x"` the item with this value. Sets are never changed.
 */
export interface FieldSet {
  /** Whether the path up to here is in the set itself, not only paths below it. */
  readonly isMember: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const NO_FIELDS: FieldSet = { isMember: false, children: new Map() };
export const WHOLE: FieldSet = { isMember: true, children: new Map() };

export function isEmptySet({ isMember, children }: FieldSet): boolean {
  return !isMember && children.size === 0;
}

/** A set of the given branches; empty ones are left out. */
export function branch(isMember: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { isMember, children: new Map([...children].filter(([, child]) => !isEmptySet(child))) };
}

export function union(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmptySet(left)) return right;
  if (isEmptySet(right)) return left;
  const steps = new Set([...left.children.keys(), ...right.children.keys()]);
  return branch(
    left.isMember || right.isMember,
    Array.from(steps, (step) => [step, union(childOf(left, step), childOf(right, step))] as const),
  );
}

export function intersect(left: FieldSet, right: FieldSet): FieldSet {
  return branch(
    left.isMember && right.isMember,
    Array.from(left.children, ([step, child]) => [step, intersect(child, childOf(right, step))] as const),
  );
}

export function subtract(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmptySet(right)) return left;
  return branch(
    left.isMember && !right.isMember,
    Array.from(left.children, ([step, child]) => [step, subtract(child, childOf(right, step))] as const),
  );
}

/** Without the branches that `right` names, and all that is below them. */
export function cut(left: FieldSet, right: FieldSet): FieldSet {
  return branch(
    left.isMember,
    Array.from(left.children, ([step, child]) => {
      const other = childOf(right, step);
      if (isEmptySet(other)) return [step, child] as const;
      return [step, other.isMember ? NO_FIELDS : cut(child, other)] as const;
    }),
  );
}

export function isSameSet(left: FieldSet, right: FieldSet): boolean {
  return (
    left.isMember === right.isMember &&
    left.children.size === right.children.size &&
    [...left.children].every(([step, child]) => {
      const other = right.children.get(step);
      return other !== undefined && isSameSet(child, other);
    })
  );
}

export function childOf({ children }: FieldSet, step: string): FieldSet {
  return children.get(step) ?? NO_FIELDS;
}

/** The set of one path of field names. */
export function fieldPath(...names: readonly string[]): FieldSet {
  return names.reduceRight<FieldSet>((below, name) => branch(false, [[`f:${name}`, below]]), WHOLE);
}

/** Every path of the set, as people read it: `.spec.containers[name="app"].image`. */
export function describePaths(set: FieldSet, at = ''): string[] {
  const below = [...set.children].flatMap(([step, child]) => describePaths(child, at + describeStep(step)));
  return set.isMember ? [at, ...below] : below;
}

function describeStep(step: string): string {
  const rest = step.slice(2);
  switch (step[0]) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys = Object.entries(JSON.parse(rest) as JsonObject);
      return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
    }
    case 'v':
      return `[=${rest}]`;
    default:
      return `[${rest}]`;
  }
}

/** The tree as `fieldsV1` has it: `.` stands for the path itself where there are paths below it. */
export function toFieldsV1({ isMember, children }: FieldSet): JsonObject {
  if (children.size === 0) return {};
  const steps = [...children].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...(isMember && { '.': {} }),
    ...Object.fromEntries(steps.map(([step, child]) => [step, toFieldsV1(child)])),
  };
}

export function fromFieldsV1(fields: JsonObject): FieldSet {
  const steps = Object.entries(fields);
  if (steps.length === 0) return WHOLE;
  return branch(
    '.' in fields,
    steps
      .filter(([step]) => step !== '.')
      .map(([step, below]) => [step, isJsonObject(below) ? fromFieldsV1(below) : WHOLE] as const),
  );
}

import type { Json } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import { branch, NO_FIELDS, union, WHOLE, type FieldSet } from './field-set.ts';
import { fieldsWithParents } from './fields-of.ts';
import type { MergeType } from './merge-type.ts';
import { shapeOf, type Part, type Shape } from './value-shape.ts';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const SAME: Comparison = { added: NO_FIELDS, modified: NO_FIELDS, removed: NO_FIELDS };

/** What differs between a value before and after. */
export function compare(
  before: Json | undefined,
  after: Json | undefined,
  type: MergeType | undefined,
): Comparison {
  if (before === after) return SAME;
  if (after === undefined)
    return { ...SAME, removed: before === undefined ? NO_FIELDS : fieldsWithParents(before, type) };
  if (before === undefined) return { ...SAME, added: fieldsWithParents(after, type) };
  const left = shapeOf(before, type);
  const right = shapeOf(after, type);
  if (left.kind === 'whole' || right.kind === 'whole' || left.kind !== right.kind)
    return isSameJson(before, after) ? SAME : { ...SAME, modified: WHOLE };
  return compareParts(left.parts, right.parts);
}

/** What was set anew or to something else. */
export function changedFields({ added, modified }: Comparison): FieldSet {
  return union(added, modified);
}

type Parts = Extract<Shape, { parts: unknown }>['parts'];

function compareParts(left: Parts, right: Parts): Comparison {
  const steps = [...new Set([...left.keys(), ...right.keys()])];
  const compared = steps.map((step) => [step, comparePart(left.get(step), right.get(step))] as const);
  const collect = (side: keyof Comparison): FieldSet =>
    branch(
      false,
      compared.map(([step, comparison]) => [step, comparison[side]] as const),
    );
  return { added: collect('added'), modified: collect('modified'), removed: collect('removed') };
}

function comparePart(left: Part | undefined, right: Part | undefined): Comparison {
  const result = compare(left?.value, right?.value, left?.type ?? right?.type);
  const isItem = (left ?? right)?.step.startsWith('k:') === true;
  // An item of a keyed list comes and goes as itself, besides its fields.
  if (isItem && left === undefined) return { ...result, added: { ...result.added, isMember: true } };
  if (isItem && right === undefined) return { ...result, removed: { ...result.removed, isMember: true } };
  return result;
}

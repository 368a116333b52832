import { isJsonObject, type Json } from '../object/kube-object.ts';
import { childOf, isEmptySet, type FieldSet } from './field-set.ts';
import type { MergeType } from './merge-type.ts';
import { assemble, shapeOf, type Part } from './value-shape.ts';

/**
 * The value without what `dropped` names and nobody else owns (`owned`). A map or a list that loses its last
 * part goes with it. Undefined where nothing is left.
 */
export function removeFields(
  value: Json,
  type: MergeType | undefined,
  dropped: FieldSet,
  owned: FieldSet,
): Json | undefined {
  const shape = shapeOf(value, type);
  if (shape.kind === 'whole') return dropped.isMember && isEmptySet(owned) ? undefined : value;
  const parts = Array.from(shape.parts.values(), (part): Part | undefined => {
    const drop = childOf(dropped, part.step);
    if (isEmptySet(drop)) return part;
    const own = childOf(owned, part.step);
    if (drop.isMember && isEmptySet(own)) return undefined;
    const left = removeFields(part.value, part.type, drop, own);
    return left === undefined ? undefined : { ...part, value: left };
  });
  const kept = parts.filter((part) => part !== undefined);
  const isEmptied = kept.length === 0 && shape.parts.size > 0;
  if (isEmptied && isEmptySet(owned)) return undefined;
  return assemble(shape.kind, kept);
}

/** Drops fields that are null: nothing is said about them. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([field, inner]) => [field, withoutNulls(inner)]),
  );
}

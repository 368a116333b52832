import type { Json } from '../object/kube-object.ts';
import { branch, WHOLE, type FieldSet } from './field-set.ts';
import type { MergeType } from './merge-type.ts';
import { shapeOf } from './value-shape.ts';

/** What whoever applies this value owns: its leaves, and the items of its keyed lists. */
export function fieldsOf(value: Json, type: MergeType | undefined): FieldSet {
  return collect(value, type, false);
}

/** As `fieldsOf`, with every map and list on the way: what comes or goes when the whole value does. */
export function fieldsWithParents(value: Json, type: MergeType | undefined): FieldSet {
  return collect(value, type, true);
}

function collect(value: Json, type: MergeType | undefined, withParents: boolean): FieldSet {
  const shape = shapeOf(value, type);
  if (shape.kind === 'whole' || shape.parts.size === 0) return WHOLE;
  const isKeyed = shape.kind === 'keyed';
  return branch(
    withParents,
    Array.from(shape.parts, ([step, part]) => {
      const below = collect(part.value, part.type, withParents);
      return [step, isKeyed ? { ...below, isMember: true } : below] as const;
    }),
  );
}

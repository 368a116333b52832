import type { Json } from '../object/kube-object.ts';
import type { MergeType } from './merge-type.ts';
import { assemble, shapeOf, type Part } from './value-shape.ts';

/** The live value with what is applied laid over it; what is not applied stays. */
export function merge(live: Json | undefined, applied: Json, type: MergeType | undefined): Json {
  if (live === undefined) return applied;
  const left = shapeOf(live, type);
  const right = shapeOf(applied, type);
  if (left.kind === 'whole' || right.kind === 'whole' || left.kind !== right.kind) return applied;
  return assemble(right.kind, mergeParts(left.parts, right.parts));
}

/**
 * The order is that of the applied side; what only the live side has stays behind what it came after, as the
 * real server merges lists.
 */
function mergeParts(live: ReadonlyMap<string, Part>, applied: ReadonlyMap<string, Part>): Part[] {
  const merged = new Map<string, Part>();
  const left = [...live.values()];
  const right = [...applied.values()];
  while (left.length > 0 || right.length > 0) {
    const [mine] = left;
    const [theirs] = right;
    if (mine !== undefined && merged.has(mine.step)) left.shift();
    else if (mine !== undefined && !applied.has(mine.step)) {
      merged.set(mine.step, mine);
      left.shift();
    } else if (theirs !== undefined) {
      const value = merge(live.get(theirs.step)?.value, theirs.value, theirs.type);
      merged.set(theirs.step, { ...theirs, value });
      right.shift();
    }
  }
  return [...merged.values()];
}

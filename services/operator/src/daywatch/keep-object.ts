import type { KubernetesObject } from '@daywatch/installation';
import { resourceOf } from '../cluster/resources.ts';
import type { Problem, View, Write } from './view.ts';
import { isAsWanted, judgeOwnership, wantObject } from './wanted-object.ts';

/** What it takes to have an object as it is wanted: nothing, most of the time. */
export function keepObject(view: View, object: KubernetesObject): readonly Write[] {
  const wanted = wantObject(object, view.daywatch);
  const live = view.find(resourceOf(object), object.metadata.name);
  if (live === undefined) return [{ kind: 'apply', object: wanted }];
  if (live.metadata.deletionTimestamp !== undefined) return [];
  if (judgeOwnership(live, view.daywatch) === 'others') return [];
  return isAsWanted(live, wanted) ? [] : [{ kind: 'apply', object: wanted }];
}

/** What stands in the way: an object of the same name that belongs to somebody else. */
export function findConflicts(view: View, objects: readonly KubernetesObject[]): readonly Problem[] {
  return objects.flatMap((object) => {
    const live = view.find(resourceOf(object), object.metadata.name);
    if (live === undefined || judgeOwnership(live, view.daywatch) !== 'others') return [];
    return [describeConflict(object.kind, live)];
  });
}

export function describeConflict(
  kind: string,
  { metadata }: { readonly metadata: View['owned'][number]['metadata'] },
): Problem {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
  const whose =
    owner === undefined ? 'was not made by this operator' : `belongs to ${owner.kind} '${owner.name}'`;
  return {
    reason: 'ObjectConflict',
    message: `${kind} '${metadata.name}' in namespace '${metadata.namespace ?? ''}' ${whose} and is left alone; remove it, or give the Daywatch another name`,
  };
}

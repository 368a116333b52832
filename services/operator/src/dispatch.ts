import type { Daywatch } from '@daywatch/installation';
import { formatKey, keyOf, type KubeObject } from './cluster/kube-object.ts';
import type { LivePod } from './cluster/live-objects.ts';
import { INSTANCE, MANAGED_BY } from './daywatch/names.ts';
import type { TargetBook } from './target/target-book.ts';
import { formatTargetKey, keyOfTarget } from './target/target-key.ts';
import type { TargetResource } from './target/resolve-target.ts';
import type { WorkQueue } from './queue/work-queue.ts';
import type { Informers } from './watching/open-informers.ts';

/** The queues of the term in which this operator leads. */
export interface Queues {
  readonly daywatches: WorkQueue;
  readonly targets: WorkQueue;
}

/** Puts what a change may concern into the queues. @param queues undefined while this operator does not lead. */
export function dispatchChanges(
  informers: Informers,
  book: TargetBook,
  queues: () => Queues | undefined,
): void {
  informers.daywatches.onChange(({ before, after }) => {
    const object = after ?? before;
    if (object !== undefined) queues()?.daywatches.add(formatKey(keyOf(object)));
  });
  for (const informer of Object.values(informers.owned)) {
    informer.onChange(({ before, after }) => {
      for (const owner of new Set([before, after].flatMap((object) => ownerOf(object) ?? []))) {
        queues()?.daywatches.add(owner);
      }
    });
  }
  informers.pods.onChange(({ before, after }) => {
    const pod = after ?? before;
    const instance = pod?.metadata.labels?.[INSTANCE];
    const isOurs = pod?.metadata.labels?.['app.kubernetes.io/managed-by'] === MANAGED_BY;
    if (!isOurs || instance === undefined || isSamePod(before, after)) return;
    queues()?.daywatches.add(formatKey({ namespace: pod?.metadata.namespace ?? '', name: instance }));
  });
  for (const informer of [informers.scrapetargets, informers.healthchecks]) {
    // What is said of it is put back where somebody else has changed it.
    informer.onChange(({ before, after }) => {
      const target = (after ?? before) as TargetResource | undefined;
      if (target !== undefined) queues()?.targets.add(formatTargetKey(keyOfTarget(target)));
    });
  }
  book.onChange((key, installation) => {
    queues()?.targets.add(formatTargetKey(key));
    queues()?.daywatches.add(formatKey(installation));
  });
}

/** Everything there is: what was missed before this operator led. */
export function addAll(informers: Informers, queues: Queues): void {
  for (const object of informers.daywatches.list()) queues.daywatches.add(formatKey(keyOf(object)));
  for (const informer of [informers.scrapetargets, informers.healthchecks]) {
    for (const object of informer.list()) {
      queues.targets.add(formatTargetKey(keyOfTarget(object as TargetResource)));
    }
  }
}

/** The Daywatch that an object belongs to. */
function ownerOf(object: KubeObject | undefined): string | undefined {
  const kind: Daywatch['kind'] = 'Daywatch';
  const owner = object?.metadata.ownerReferences?.find((reference) => reference.kind === kind);
  if (object === undefined || owner === undefined) return undefined;
  return formatKey({ namespace: object.metadata.namespace ?? '', name: owner.name });
}

function isSamePod(before: LivePod | undefined, after: LivePod | undefined): boolean {
  return before?.phase === after?.phase && before?.trouble === after?.trouble;
}

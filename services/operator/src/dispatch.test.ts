import { API_VERSION, applyDefaults, scrapeTargetSpecSchema } from '@daywatch/installation';
import { expect, it } from 'vitest';
import { createHandClock } from '../tests/_support/hand-clock.ts';
import { createHandInformer } from '../tests/_support/hand-informer.ts';
import type { KubeObject } from './cluster/kube-object.ts';
import type { LivePod, LiveService } from './cluster/live-objects.ts';
import { dispatchChanges } from './dispatch.ts';
import { WorkQueue } from './queue/work-queue.ts';
import { TargetBook } from './target/target-book.ts';
import type { Informers } from './watching/open-informers.ts';

/** What is wanted of an operator that knows a target when it changes like that. */
function wantedAfter(change: object): { readonly daywatches: number; readonly targets: number } {
  const scrapetargets = createHandInformer<KubeObject>('scrapetargets');
  const informers = {
    daywatches: createHandInformer<KubeObject>('daywatches'),
    scrapetargets,
    healthchecks: createHandInformer<KubeObject>('healthchecks'),
    services: createHandInformer<LiveService>('services'),
    pods: createHandInformer<LivePod>('pods'),
    owned: {} as Informers['owned'],
    all: [],
  };
  const target = {
    apiVersion: API_VERSION,
    kind: 'ScrapeTarget',
    metadata: { name: 'node', namespace: 'demo', uid: 'uid-1', generation: 1, resourceVersion: '1' },
    spec: applyDefaults(scrapeTargetSpecSchema.json, { url: 'http://node.example' }),
  };
  const options = { clock: createHandClock(), random: () => 0 };
  using daywatches = new WorkQueue(options);
  using targets = new WorkQueue(options);
  const book = new TargetBook(informers);
  scrapetargets.put(target);
  dispatchChanges(informers, book, () => ({ daywatches, targets }));
  const after = { ...target, ...change, metadata: { ...target.metadata, resourceVersion: '2', ...change } };
  scrapetargets.put(after);
  return { daywatches: daywatches.count().wanted, targets: targets.count().wanted };
}

it('should look at a target of which somebody says something else, and leave its installation alone', () => {
  expect(wantedAfter({ status: { targets: 7 } })).toEqual({ daywatches: 0, targets: 1 });
});

it('should look at both when a target is another one now', () => {
  expect(wantedAfter({ generation: 2 })).toEqual({ daywatches: 1, targets: 1 });
});

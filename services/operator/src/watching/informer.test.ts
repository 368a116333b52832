import { silentLog } from '@daywatch/service-kit/log';
import { afterEach, describe, expect, it } from 'vitest';
import { createHandClock } from '../../tests/_support/hand-clock.ts';
import { makeObject, scriptWatch } from '../../tests/_support/scripted-watch.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { createInformer, WATCH_TIMES } from './informer.ts';

const stopping: AbortController[] = [];
afterEach(() => {
  for (const controller of stopping.splice(0)) controller.abort();
});

async function start() {
  const script = scriptWatch();
  const clock = createHandClock();
  const informer = createInformer({
    cluster: script.cluster,
    resource: 'configmaps',
    selection: {},
    keep: ({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }),
    times: WATCH_TIMES,
    clock,
    random: () => 0,
    logger: silentLog().logger,
  });
  const changes: string[] = [];
  informer.onChange(({ before, after }) => {
    changes.push(`${before?.metadata.resourceVersion ?? '-'} to ${after?.metadata.resourceVersion ?? '-'}`);
  });
  const names = (): readonly string[] => [...informer.list()].map(({ metadata }) => metadata.name).sort();
  script.items = [makeObject('a', '1'), makeObject('b', '2')];
  const controller = new AbortController();
  stopping.push(controller);
  void informer.run(controller.signal);
  await clock.advance(0);
  return { script, clock, informer, changes, names, controller };
}

describe('an informer', () => {
  it('should know what is listed, then what is watched', async () => {
    const { script, clock, informer, changes, names } = await start();
    expect(informer.hasSynced()).toBe(true);
    expect(names()).toEqual(['a', 'b']);
    script.send({ type: 'ADDED', object: makeObject('c', '3') });
    script.send({ type: 'MODIFIED', object: makeObject('a', '4') });
    script.send({ type: 'DELETED', object: makeObject('b', '5') });
    await clock.advance(0);
    expect(names()).toEqual(['a', 'c']);
    expect(changes).toEqual(['- to 1', '- to 2', '- to 3', '1 to 4', '2 to -']);
  });

  it('should tell that it is refused, and that it hears something again, also where nothing has changed', async () => {
    const { script, clock, informer } = await start();
    const told: (string | undefined)[] = [];
    informer.onTroubleChange(() => told.push(informer.trouble()?.code));
    script.failure = new ClusterError('forbidden', 'may not watch');
    script.end(script.failure);
    await clock.advance(60_000);
    expect(told).toEqual(['forbidden']);
    script.failure = undefined;
    await clock.advance(60_000);
    script.send({ type: 'BOOKMARK', resourceVersion: '777' });
    await clock.advance(0);
    expect(told).toEqual(['forbidden', undefined]);
    script.send({ type: 'BOOKMARK', resourceVersion: '778' });
    await clock.advance(0);
    expect(told).toHaveLength(2);
  });

  it('should keep no more than it is told to, of what is listed and of what is watched', async () => {
    const { script, clock, informer } = await start();
    const data = { large: 'x' };
    script.items = [{ ...makeObject('a', '9'), data } as KubeObject];
    script.end(new ClusterError('gone', 'too old'));
    await clock.advance(WATCH_TIMES.firstPauseMs);
    script.send({ type: 'ADDED', object: { ...makeObject('b', '10'), data } as KubeObject });
    await clock.advance(0);
    expect([...informer.list()]).toEqual([makeObject('a', '9'), makeObject('b', '10')]);
  });

  it('should go on from the last bookmark when the server ends the watch', async () => {
    const { script, clock } = await start();
    await clock.advance(60_000);
    script.send({ type: 'BOOKMARK', resourceVersion: '777' });
    await clock.advance(1000);
    script.end();
    await clock.advance(0);
    expect(script.watches).toEqual(['101', '777']);
    expect(script.lists()).toBe(1);
  });

  it('should list anew when the history is gone, and tell what was missed', async () => {
    const { script, clock, changes, names } = await start();
    script.items = [makeObject('a', '9'), makeObject('d', '8')];
    script.end(new ClusterError('gone', 'too old'));
    await clock.advance(WATCH_TIMES.firstPauseMs);
    expect(script.lists()).toBe(2);
    expect(names()).toEqual(['a', 'd']);
    expect(changes.slice(2).sort()).toEqual(['- to 8', '1 to 9', '2 to -']);
  });

  it('should take a watch for dead that says nothing, and list anew', async () => {
    const { script, clock, informer, names } = await start();
    script.items = [makeObject('e', '10')];
    await clock.advance(WATCH_TIMES.silenceMs - 1);
    expect(script.lists()).toBe(1);
    await clock.advance(1 + WATCH_TIMES.firstPauseMs);
    expect(script.lists()).toBe(2);
    expect(names()).toEqual(['e']);
    expect(informer.counts.restarts).toBe(1);
  });

  it('should not take a watch for dead that sends bookmarks, and list anew all the same after a while', async () => {
    const { script, clock } = await start();
    for (let ms = 0; ms < WATCH_TIMES.relistMs; ms += 60_000) {
      script.send({ type: 'BOOKMARK', resourceVersion: String(1000 + ms) });
      await clock.advance(60_000);
    }
    expect(script.lists()).toBe(1);
    script.end();
    await clock.advance(0);
    expect(script.lists()).toBe(2);
  });

  it('should pause ever longer while nothing works, say why, and come back soon when it does', async () => {
    const { script, clock, informer } = await start();
    script.failure = new ClusterError('forbidden', 'configmaps is forbidden');
    script.end(script.failure);
    await clock.advance(60_000);
    expect(informer.trouble()?.message).toBe('configmaps is forbidden');
    const tries = script.watches.length;
    await clock.advance(60_000);
    expect(script.watches.length - tries).toBeLessThanOrEqual(5);
    script.failure = undefined;
    await clock.advance(WATCH_TIMES.longestPauseMs);
    script.send({ type: 'ADDED', object: makeObject('z', '50') });
    await clock.advance(0);
    expect(informer.trouble()).toBeUndefined();
    expect(informer.silentMs()).toBe(0);
  });

  it('should leave a server alone for a moment that ends every watch at once', async () => {
    const { script, clock } = await start();
    for (let i = 0; i < 20; i++) {
      script.end();
      await clock.advance(1);
    }
    expect(script.watches.length).toBeLessThanOrEqual(3);
  });

  it('should stop when it is told to', async () => {
    const { script, clock, controller } = await start();
    controller.abort();
    await clock.advance(10 * 60_000);
    expect(script.watches.length).toBe(1);
  });
});

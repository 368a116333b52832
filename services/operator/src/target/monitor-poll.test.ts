import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';
import { silentLog } from '@daywatch/service-kit/log';
import { afterEach, expect, it } from 'vitest';
import { createHandClock } from '../../tests/_support/hand-clock.ts';
import { createHandInformer } from '../../tests/_support/hand-informer.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { createMonitorPoll } from './monitor-poll.ts';

const EVERY_MS = 30_000;
const DEADLINE_MS = 10_000;

const stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
});

function daywatch(name: string): Daywatch {
  return {
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name, namespace: 'demo' },
    spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0' }) as Daywatch['spec'],
  };
}

/** Monitors that answer after a time, or after `DEADLINE_MS` not at all. */
function openPoll(names: readonly string[]) {
  const clock = createHandClock();
  const daywatches = createHandInformer<KubeObject>('daywatches');
  for (const name of names) daywatches.put(daywatch(name));
  const answersAfterMs = new Map<string, number>();
  const asked: string[] = [];
  const atOnce = { now: 0, most: 0 };
  const poll = createMonitorPoll({
    cluster: { get: async () => Promise.reject(new ClusterError('not_found', 'there is none')) },
    reader: {
      async read({ name, signal }) {
        asked.push(name);
        atOnce.most = Math.max(atOnce.most, ++atOnce.now);
        const afterMs = answersAfterMs.get(name) ?? 100;
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => reject(new Error('broken off')));
        clock.setTimer(resolve, Math.min(afterMs, DEADLINE_MS));
        await promise.finally(() => atOnce.now--);
        if (afterMs > DEADLINE_MS) throw new Error(`${name} does not answer`);
        return [];
      },
    },
    clock,
    everyMs: EVERY_MS,
    daywatches,
    onNews: () => undefined,
    logger: silentLog().logger,
  });
  const controller = new AbortController();
  const running = poll.run(controller.signal);
  stopping.push(async () => {
    controller.abort();
    await running;
  });
  const standingsOf = (name: string): unknown => poll.standingsOf({ name, namespace: 'demo' });
  const countAsked = (name: string): number => asked.filter((each) => each === name).length;
  return { clock, daywatches, answersAfterMs, asked, atOnce, standingsOf, countAsked };
}

it('should ask all monitors, and few of them at once', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `daywatch-${i}`);
  const { clock, asked, atOnce } = openPoll(names);
  await clock.advance(EVERY_MS - 1);
  expect(asked.toSorted()).toEqual(names.toSorted());
  expect(atOnce.most).toBeGreaterThan(1);
  expect(atOnce.most).toBeLessThanOrEqual(4);
});

it('should ask those that answer as often as ever while many others hang', async () => {
  const hanging = Array.from({ length: 60 }, (_, i) => `hanging-${i}`);
  const { clock, answersAfterMs, atOnce, standingsOf, countAsked } = openPoll([...hanging, 'well']);
  for (const name of hanging) answersAfterMs.set(name, Infinity);
  // They are found to hang once, and that takes its time.
  await clock.advance(2 * 60_000);
  const before = countAsked('well');
  await clock.advance(10 * EVERY_MS);
  expect(countAsked('well') - before).toBeGreaterThanOrEqual(9);
  expect(atOnce.most).toBeLessThanOrEqual(4);
  expect(standingsOf('well')).toMatchObject({ kind: 'known' });
  for (const name of hanging) {
    expect(standingsOf(name)).toEqual({ kind: 'unknown', why: `${name} does not answer` });
  }
});

it('should take the answer of one that takes its time, and ask it as often as others when it does no more', async () => {
  const { clock, answersAfterMs, standingsOf, countAsked } = openPoll(['daywatch']);
  answersAfterMs.set('daywatch', 5_000);
  await clock.advance(10_000);
  expect(standingsOf('daywatch')).toMatchObject({ kind: 'known' });
  answersAfterMs.set('daywatch', 100);
  await clock.advance(2 * EVERY_MS);
  const before = countAsked('daywatch');
  await clock.advance(10 * EVERY_MS);
  expect(countAsked('daywatch') - before).toBeGreaterThanOrEqual(9);
});

it('should ask one that is new, and forget one that is gone', async () => {
  const { clock, daywatches, standingsOf, countAsked } = openPoll([]);
  await clock.advance(1000);
  daywatches.put(daywatch('new'));
  await clock.advance(2 * EVERY_MS);
  expect(standingsOf('new')).toMatchObject({ kind: 'known' });
  daywatches.remove({ name: 'new', namespace: 'demo' });
  await clock.advance(2 * EVERY_MS);
  expect(standingsOf('new')).toMatchObject({ kind: 'unasked' });
  const before = countAsked('new');
  await clock.advance(2 * EVERY_MS);
  expect(countAsked('new')).toBe(before);
});

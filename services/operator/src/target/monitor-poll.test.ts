import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';
import { silentLog } from '@daywatch/service-kit/log';
import { expect, it } from 'vitest';
import { createHandClock } from '../../tests/_support/hand-clock.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { createMonitorPoll } from './monitor-poll.ts';

function daywatch(name: string): Daywatch {
  return {
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name, namespace: 'demo' },
    spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0' }) as Daywatch['spec'],
  };
}

it('should ask all monitors, and few of them at once', async () => {
  const clock = createHandClock();
  const names = Array.from({ length: 20 }, (_, i) => `daywatch-${i}`);
  const asked: string[] = [];
  let [atOnce, most] = [0, 0];
  const poll = createMonitorPoll({
    cluster: { get: async () => Promise.reject(new ClusterError('not_found', 'there is none')) },
    reader: {
      async read({ name }) {
        asked.push(name);
        most = Math.max(most, ++atOnce);
        await new Promise<void>((resolve) => void clock.setTimer(resolve, 100));
        atOnce--;
        return [];
      },
    },
    clock,
    everyMs: 30_000,
    installations: () => names.map(daywatch),
    onNews: () => undefined,
    logger: silentLog().logger,
  });
  const stopping = new AbortController();
  const running = poll.run(stopping.signal);
  await clock.advance(10_000);
  stopping.abort();
  await running;
  expect(asked.toSorted()).toEqual(names.toSorted());
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { describe, expect, it } from 'vitest';
import { createHttpClient, createPrometheusClient } from '../src/adapters/http/index.ts';
import { createSystemClock } from '../src/adapters/system/index.ts';
import { createChecker, type CheckRun } from '../src/index.ts';
import { serveHttp } from './_support/servers.ts';

describe('the Checker on the clock of the machine', () => {
  it('should check real targets, and leave no timer, socket or request behind', async () => {
    await using good = await serveHttp(({ url }, response) => {
      if (url === '/metrics') response.setHeader('content-type', 'text/plain').end('a 1\n');
      else response.end('{"status":"pass"}');
    });
    let openRequests = 0;
    await using hanging = await serveHttp((_, response) => {
      openRequests += 1;
      response.on('close', () => {
        openRequests -= 1;
      });
    });
    const before = countResources();
    const outbound = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
    const clock = createSystemClock();
    const runs: CheckRun[] = [];
    const log = { info: () => {}, warn: () => {} };
    const checker = createChecker({ clock, log, record: (run) => runs.push(run) });
    const times = { intervalMs: 2000, timeoutMs: 2000 };
    for (let i = 0; i < 20; i += 1) {
      const check = createPrometheusClient({ id: `good-${i}`, baseUrl: good.url, outbound, timeoutMs: 2000 });
      checker.add({ check, domain: check.id, ...times });
    }
    const check = createHttpClient({
      id: 'hanging',
      url: hanging.url,
      outbound,
      timeoutMs: 60_000,
      now: () => clock.now(),
    });
    checker.add({ check, domain: check.id, intervalMs: 60_000, timeoutMs: 60_000 });
    checker.run();
    const soon = createHttpClient({
      id: 'soon',
      url: hanging.url,
      outbound,
      timeoutMs: 500,
      now: () => clock.now(),
    });
    checker.add({ check: soon, domain: soon.id, intervalMs: 500, timeoutMs: 500 });
    const isRead = ({ status, metrics }: CheckRun): boolean => status === 'pass' && metrics.kind === 'read';
    await waitFor(() => runs.some(isRead) && openRequests > 0);

    await checker.stop();
    await outbound.close();
    const recorded = runs.length;
    await waitFor(() => openRequests === 0 && countResources() <= before);

    expect(runs.length).toBe(recorded);
  });
});

/** Timers and sockets that keep a process alive. */
function countResources(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP/.test(kind)).length;
}

async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('not so within 60 s');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Labels } from '@daywatch/series';
import { START_MS, STEP_MS, TARGETS, type Fleet } from './load-series.ts';

const DEADLINE_MS = 300_000;

/** @throws Error where it is missing, before anything has taken time. */
export function checkVictoriaMetrics(): void {
  if (spawnSync('victoria-metrics', ['-version']).error) {
    throw new Error("Debian's package victoria-metrics is missing: make bench installs it where it may");
  }
}

/** What Debian's VictoriaMetrics needs for the same samples, after a forced merge. */
export async function measureVictoriaMetrics(
  folder: string,
  fleet: Fleet,
): Promise<{ readonly storage: number; readonly index: number }> {
  const address = `127.0.0.1:${await findFreePort()}`;
  const data = join(folder, 'victoria-metrics');
  const options = [`-storageDataPath=${data}`, `-httpListenAddr=${address}`, '-retentionPeriod=100y'];
  const server = spawn('victoria-metrics', options, { stdio: 'ignore' });
  const exited = once(server, 'exit');
  try {
    const call = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`http://${address}${path}`, init);
    await waitUntil(async () => (await call('/health').catch(() => undefined))?.ok === true);
    const body = Readable.toWeb(Readable.from(importLines(fleet))) as ReadableStream;
    const imported = await call('/api/v1/import', { method: 'POST', body, duplex: 'half' });
    if (!imported.ok) throw new Error(`VictoriaMetrics refused the samples: ${await imported.text()}`);
    await call('/internal/force_flush');
    await call('/internal/force_merge');
    // Merging goes on in the background: it is done when nothing merges and the sizes stand still.
    let last = '';
    await waitUntil(async () => {
      await setTimeout(3000);
      const text = await (await call('/metrics')).text();
      const state = `${sum(text, 'vm_data_size_bytes')} ${sum(text, 'vm_active_merges')}`;
      const isDone = state === last && sum(text, 'vm_active_merges') === 0;
      last = state;
      return isDone;
    });
    const text = await (await call('/metrics')).text();
    return {
      storage: sum(text, 'vm_data_size_bytes{type="storage'),
      index: sum(text, 'vm_data_size_bytes{type="indexdb'),
    };
  } finally {
    server.kill('SIGINT');
    await exited;
  }
}

function* importLines(fleet: Fleet): Generator<string> {
  const timestamps = JSON.stringify(Array.from({ length: fleet.scrapes }, (_, i) => START_MS + i * STEP_MS));
  for (let target = 0; target < TARGETS; target++) {
    for (const [i, column] of fleet.columnsOf(target).entries()) {
      const labels: Labels = [...(fleet.series[i] ?? []), ...fleet.labelsOf(target)] as unknown as Labels;
      const metric = JSON.stringify(Object.fromEntries(labels));
      yield `{"metric":${metric},"values":[${Array.from(column, spell).join()}],"timestamps":${timestamps}}\n`;
    }
  }
}

function spell(value: number): string {
  return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'null' : `"${value}"`;
}

function sum(metrics: string, prefix: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
}

async function waitUntil(isReached: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isReached())) {
    if (performance.now() > deadline) throw new Error('VictoriaMetrics took too long');
    await setTimeout(50);
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

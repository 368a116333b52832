import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { API_VERSION } from '@daywatch/installation';
import {
  conditionOf,
  OPERATOR_ACCOUNT,
  openHouse,
  type House,
} from '../../../services/operator/tests/_support/house.ts';
import { freePort } from '../../../tests/_support/free-port.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import type { Figure } from '../report.ts';
import { residentBytes, start } from '../scraping/processes.ts';

const TARGETS = 1_000;
const ROOT = join(import.meta.dirname, '../../..');
const METADATA = { name: 'daywatch', namespace: 'demo' };

/** How long the operator, as a process of its own, takes for a thousand targets, and what it needs for them. */
export async function benchOperator(): Promise<readonly Figure[]> {
  await using house = await openHouse();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-operator-'));
  try {
    await house.admin.apply({
      apiVersion: API_VERSION,
      kind: 'Daywatch',
      metadata: METADATA,
      spec: { version: '0.1.0' },
    });
    for (let i = 0; i < TARGETS; i++) await applyTarget(house, i, `http://node-${i}.example:9100`);
    const program = await bundleOperator(folder);
    const began = performance.now();
    const first = await startOperator(house, folder, program);
    await waitFor(
      'every target to be listed',
      () => countListed(house) === TARGETS && countAccepted(house) === TARGETS,
      120_000,
      20,
    );
    const fullMs = performance.now() - began;

    await waitFor('the installation to be complete', () => isComplete(house));
    const changed = performance.now();
    await applyTarget(house, 7, 'http://moved.example:9100');
    await waitFor('the change to be listed', () => readTargets(house).includes('moved.example'), 30_000, 2);
    const changeMs = performance.now() - changed;
    // What it has not said of it yet, the next operator would have to.
    await waitFor('the change to be told', () => readStatus(house, 7).includes('moved.example'));
    const megabytes = residentBytes(first.pid) / 2 ** 20;
    await first[Symbol.asyncDispose]();

    const writes = countWrites(house);
    await using second = await startOperator(house, folder, program);
    await waitFor(
      'everything to be looked at',
      async () => (await second.countReconciles()) >= TARGETS,
      60_000,
      50,
    );
    const idleWrites = countWrites(house) - writes;
    return [
      figure('operator, 1,000 targets from its start', fullMs / 1000, 's', 10),
      figure('operator, one of 1,000 targets changes', changeMs / 1000, 's', 1),
      figure('operator, memory with 1,000 targets', megabytes, 'MiB', 256),
      figure('operator, writes when nothing has changed', idleWrites, '', 0),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figure(name: string, value: number, unit: string, atMost: number): Figure {
  return { name, ours: `${value.toPrecision(3)} ${unit}`.trim(), limit: '', value, unit, wanted: { atMost } };
}

async function applyTarget({ admin }: House, i: number, url: string): Promise<void> {
  const metadata = { name: `node-${i}`, namespace: 'demo' };
  await admin.apply({ apiVersion: API_VERSION, kind: 'ScrapeTarget', metadata, spec: { url } });
}

/** As `make build` makes it. */
async function bundleOperator(folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'tools/build.ts'), join(folder, 'bin')], {
    cwd: ROOT,
  });
  return join(folder, 'bin/operator');
}

function isComplete({ server }: House): boolean {
  return (
    conditionOf(server.objects.get('Daywatch', 'demo', 'daywatch'), 'Progressing')?.reason === 'Complete'
  );
}

async function startOperator(house: House, folder: string, program: string) {
  const port = await freePort();
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, house.server.kubeconfig(OPERATOR_ACCOUNT));
  const running = start(program, [], {
    DAYWATCH_HTTP_PORT: String(port),
    DAYWATCH_KUBERNETES_KUBECONFIG: kubeconfig,
    DAYWATCH_LEADER_LEASE: '1s',
    DAYWATCH_LOG_LEVEL: 'error',
    DAYWATCH_MONITOR_URL: house.monitor.url,
  });
  const countReconciles = async (): Promise<number> => {
    const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    );
    return Number(/operator_reconciles_total\{kind="targets",result="done"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  return { pid: running.pid, countReconciles, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}

function readTargets({ server }: House): string {
  const { data = {} } = (server.objects.get('ConfigMap', 'demo', 'daywatch-checker') ?? {}) as {
    data?: Record<string, string>;
  };
  return data['checker.yaml'] ?? '';
}

function countListed(house: House): number {
  return readTargets(house).match(/"name": "scrapetarget\//g)?.length ?? 0;
}

function readStatus({ server }: House, i: number): string {
  const { status } = server.objects.get('ScrapeTarget', 'demo', `node-${i}`) as { readonly status?: object };
  return JSON.stringify(status ?? {});
}

function countAccepted({ server }: House): number {
  return server.objects
    .list('ScrapeTarget', { namespace: 'demo' })
    .filter((target) => JSON.stringify(target['status'] ?? {}).includes('"Accepted"')).length;
}

function countWrites({ server }: House): number {
  const { namespace, name } = OPERATOR_ACCOUNT;
  return server.requests
    .writes(`system:serviceaccount:${namespace}:${name}`)
    .filter(({ resource }) => resource !== 'leases').length;
}

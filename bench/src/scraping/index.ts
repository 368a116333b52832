import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../../tests/_support/free-port.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import type { Figure } from '../report.ts';
import { prometheusVersion, startPrometheus } from './debian-prometheus.ts';
import { startOurChecker } from './our-checker.ts';
import { residentBytes, start, waitUntil } from './processes.ts';

const RECORDING =
  process.env['DAYWATCH_RECORDING'] ??
  resolve(import.meta.dirname, '../../../packages/exposition/tests/data/node-exporter.scrapes.br');
const TARGETS = 100;
const SERIES = 550;
/** Each target is sealed once in so many scrapes: whatever the measured time begins with, each is sealed once in it. */
const SECONDS = 128;
const WARM_UP_SECONDS = 15;

/** What it costs to scrape: CPU and memory beside Prometheus, and how punctual checks are. Some five minutes. */
export async function benchScraping(onFigure: (figure: Figure) => void): Promise<readonly Figure[]> {
  const version = prometheusVersion();
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  await using _ = start(process.execPath, [
    resolve(import.meta.dirname, 'fleet-main.ts'),
    RECORDING,
    String(port),
  ]);
  const paths = Array.from({ length: TARGETS }, (__, i) => `/t/${i}/metrics`);
  await waitUntil('the targets', async () => (await fetch(`http://${address}${paths[0]}`)).ok);

  const ours = await measureOurs(address, paths);
  const peer = await measurePrometheus(address, paths);
  const figures: Figure[] = [
    {
      name: `CPU for a million samples, ${TARGETS} targets of ${SERIES} series each second`,
      ours: `${ours.cpu.toFixed(2)} s (checker ${ours.checker.toFixed(2)}, PostgreSQL ${ours.postgres.toFixed(2)})`,
      limit: `Prometheus ${version} ${peer.cpu.toFixed(2)} s`,
      value: ours.cpu / peer.cpu,
      unit: 'of it',
      wanted: { atMost: 0.8 },
    },
    {
      name: 'scrapes that were missed meanwhile',
      ours: `${ours.missed} of ${ours.due}`,
      limit: '',
      value: ours.missed,
      unit: '',
      wanted: { atMost: 0 },
    },
    {
      name: 'memory of the checker for an active series',
      ours: `${Math.round(ours.bytes)} bytes`,
      limit: `Prometheus ${version} ${Math.round(peer.bytes)} bytes`,
      value: ours.bytes / peer.bytes,
      unit: 'of it',
      wanted: { atMost: 1 },
    },
    await measureJitter(address),
  ];
  for (const figure of figures) onFigure(figure);
  return figures;
}

async function measureOurs(address: string, paths: readonly string[]) {
  const targets = paths.map((path, i) => target(`target-${i}`, address, path, '1s', '1s'));
  await using checker = await startOurChecker(targets);
  await setTimeout(WARM_UP_SECONDS * 1000);
  const read = async () => ({
    samples: await checker.metric('monitor_samples_written_total'),
    checks: await checker.metric('monitor_checks_total{status="pass"}'),
    cpu: checker.cpuSeconds(),
    atMs: performance.now(),
  });
  const before = await read();
  await setTimeout(SECONDS * 1000);
  const after = await read();
  const millions = (after.samples - before.samples) / 1e6;
  const perMillion = (part: 'checker' | 'postgres'): number =>
    (after.cpu[part] - before.cpu[part]) / millions;
  const due = Math.floor((TARGETS * (after.atMs - before.atMs)) / 1000);
  return {
    checker: perMillion('checker'),
    postgres: perMillion('postgres'),
    cpu: perMillion('checker') + perMillion('postgres'),
    due,
    // Those that run when the time is over are on either side of it.
    missed: Math.max(0, due - (after.checks - before.checks) - TARGETS / 10),
    bytes: residentBytes(checker.pid) / (TARGETS * SERIES),
  };
}

async function measurePrometheus(address: string, paths: readonly string[]) {
  await using prometheus = await startPrometheus(address, paths);
  await setTimeout(WARM_UP_SECONDS * 1000);
  const read = async () => ({
    samples: await prometheus.metric('prometheus_tsdb_head_samples_appended_total'),
    cpu: cpuSeconds(prometheus.pid),
  });
  const before = await read();
  await setTimeout((SECONDS / 2) * 1000);
  const after = await read();
  return {
    cpu: ((after.cpu - before.cpu) / (after.samples - before.samples)) * 1e6,
    bytes: residentBytes(prometheus.pid) / (TARGETS * SERIES),
  };
}

const JITTER_TARGETS = 500;
/** Every tenth hangs. */
const HANGING = 10;

/** How late checks begin: the bound of the histogram's bucket below which 99 of 100 lie. */
async function measureJitter(address: string): Promise<Figure> {
  const targets = Array.from({ length: JITTER_TARGETS }, (_, i) => {
    const path = i % HANGING === 0 ? `/hang/${i}/metrics` : `/t/${i}/metrics`;
    return target(`target-${i}`, address, path, '5s', '3s');
  });
  await using checker = await startOurChecker(targets);
  const name = 'monitor_check_delay_seconds';
  const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
  const countsOf = () => Promise.all(bounds.map((bound) => checker.metric(`${name}_bucket{le="${bound}"}`)));
  await setTimeout(WARM_UP_SECONDS * 1000);
  const [before, allBefore] = [await countsOf(), await checker.metric(`${name}_count`)];
  await setTimeout(60_000);
  const [after, allAfter] = [await countsOf(), await checker.metric(`${name}_count`)];
  const all = allAfter - allBefore;
  const at = bounds.findIndex((_, i) => (after[i] ?? 0) - (before[i] ?? 0) >= 0.99 * all);
  const bound = bounds[at] ?? Infinity;
  return {
    name: `delay of a check's start, p99 of ${all}, ${JITTER_TARGETS} targets, ${JITTER_TARGETS / HANGING} of them hanging`,
    ours: `at most ${bound * 1000} ms`,
    limit: '',
    value: bound * 1000,
    unit: 'ms',
    wanted: { atMost: 100 },
  };
}

function target(name: string, address: string, path: string, interval: string, timeout: string): object {
  return {
    name,
    domain: name,
    url: `http://${address}`,
    metrics_path: path,
    health_path: 'none',
    interval,
    timeout,
  };
}

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../tests/_support/free-port.ts';
import { readMetric, start, waitUntil } from './processes.ts';

const PROGRAM = '/usr/bin/prometheus';

export interface DebianPrometheus extends AsyncDisposable {
  readonly pid: number;
  readonly metric: (prefix: string) => Promise<number>;
}

/** `2.42.0`. @throws Error where it is missing, before anything has taken time. */
export function prometheusVersion(): string {
  const { error, stdout, stderr } = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' });
  if (error) throw new Error("Debian's package prometheus is missing: make bench installs it where it may");
  return /version (\S+)/.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown';
}

/** Debian's Prometheus with the same targets, each once a second. */
export async function startPrometheus(address: string, paths: readonly string[]): Promise<DebianPrometheus> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-prometheus-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const jobs = paths.map((path, i) => ({
    job_name: `target-${i}`,
    metrics_path: path,
    static_configs: [{ targets: [address] }],
  }));
  await writeFile(
    join(folder, 'prometheus.yml'),
    JSON.stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: jobs }),
  );
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = stack.use(
    start(PROGRAM, [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ]),
  );
  await waitUntil('Prometheus', async () => (await fetch(`${origin}/-/ready`)).ok);
  return {
    pid: server.pid,
    metric: (prefix) => readMetric(origin, prefix),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

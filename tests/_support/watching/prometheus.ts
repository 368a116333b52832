import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDebianServer } from '../debian-server.ts';
import { PROMETHEUS_FOLDER, type PrometheusConfig } from './watched-things.ts';

interface QueriedSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Numbers as text, `NaN` too. */
  readonly values: readonly (readonly [time: number, value: string])[];
}

/** Debian's Prometheus, with the project's own configuration. */
export interface WatchingPrometheus extends AsyncDisposable {
  readonly url: string;
  /** What an expression has been in the last half minute, as a graph asks for it. @throws Error of Prometheus */
  readonly query: (expression: string) => Promise<readonly QueriedSeries[]>;
  /** Asks its API for something else: `/api/v1/rules`. */
  readonly ask: (path: string) => Promise<unknown>;
}

const PERIOD_SECONDS = 30;

/** @param addresses where what the configuration names is to be found: `checker:8890` to `127.0.0.1:41234`. */
export async function startWatchingPrometheus(
  config: PrometheusConfig,
  addresses: ReadonlyMap<string, string>,
): Promise<WatchingPrometheus> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-watching-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'prometheus.yml');
  // Its own address is known once it has one: it reads its configuration again then.
  const write = (own?: string): Promise<void> =>
    writeFile(file, JSON.stringify(redirect(config, new Map([...addresses, ['localhost:9090', own ?? '']]))));
  await write();
  const server = stack.use(
    await startDebianServer('/usr/bin/prometheus', {
      args: [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        '--web.enable-lifecycle',
        '--log.level=warn',
      ],
      readyPath: '/-/ready',
    }),
  );
  await write(new URL(server.url).host);
  const reloaded = await fetch(`${server.url}/-/reload`, { method: 'POST' });
  if (!reloaded.ok) throw new Error(`Prometheus does not take its configuration: ${await reloaded.text()}`);

  async function ask(path: string): Promise<unknown> {
    const answer = await fetch(`${server.url}${path}`);
    const { data, error } = (await answer.json()) as { readonly data?: unknown; readonly error?: string };
    if (error !== undefined) throw new Error(`${decodeURIComponent(path)}: ${error}`);
    return data;
  }
  return {
    url: server.url,
    ask,
    async query(expression) {
      const end = Math.floor(Date.now() / 1000);
      const parameters = new URLSearchParams({
        query: expression,
        start: String(end - PERIOD_SECONDS),
        end: String(end),
        step: '1',
      });
      const { result } = (await ask(`/api/v1/query_range?${parameters.toString()}`)) as {
        result: readonly QueriedSeries[];
      };
      return result;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The same jobs at other addresses, every two seconds, with the rules where they lie. */
function redirect(config: PrometheusConfig, addresses: ReadonlyMap<string, string>): object {
  const find = (target: string): string[] => {
    const address = addresses.get(target);
    if (address === undefined)
      throw new Error(`prometheus.yml names ${target}, which the test does not start`);
    return address === '' ? [] : [address];
  };
  return {
    global: { ...config.global, scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '2s' },
    rule_files: [join(PROMETHEUS_FOLDER, '*.rules.yml')],
    scrape_configs: config.scrape_configs.map((job) => ({
      ...job,
      static_configs: job.static_configs.map(({ targets }) => ({ targets: targets.flatMap(find) })),
    })),
  };
}

import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's Prometheus, on a port and a folder of its own, scraping the targets it is given. */
export interface DebianPrometheus extends AsyncDisposable {
  readonly url: string;
  /** What it answers to an instant query. */
  readonly query: (expression: string) => Promise<readonly QueriedSample[]>;
}

export interface QueriedSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export async function startPrometheus(targets: readonly string[] = []): Promise<DebianPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-prometheus-'));
  const config = join(folder, 'prometheus.yml');
  const jobs = {
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'ours', static_configs: [{ targets }] }],
  };
  // JSON is YAML.
  await writeFile(config, JSON.stringify(jobs));
  const port = await findFreePort();
  const child = spawn(
    '/usr/bin/prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore', cwd: folder },
  );
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor('Prometheus', async () => (await fetch(`${url}/-/ready`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    query: async (expression) => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const { data } = (await answer.json()) as {
        readonly data: { readonly result: readonly QueriedSample[] };
      };
      return data.result;
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** What `promtool check metrics` says of a text. */
export function checkWithPromtool(text: string): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('/usr/bin/promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return { code: status, said: `${stdout}${stderr}` };
}

/** Asks until the answer is yes; an error is a no. */
export async function waitFor(what: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const isSo = await ask().catch(() => false);
    if (isSo) return;
    if (Date.now() > deadline) throw new Error(`no ${what} within 90 s`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

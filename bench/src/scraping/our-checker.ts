import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../tests/_support/free-port.ts';
import { openSeriesHouse } from '../monitor/series-house.ts';
import { cpuSecondsOfFamily, readMetric, start, waitUntil } from './processes.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';

const BUILD = resolve(import.meta.dirname, '../../../tools/build.ts');

/** Our checker as it is shipped, in a process of its own, and its PostgreSQL. */
export interface OurChecker extends AsyncDisposable {
  readonly pid: number;
  readonly metric: (prefix: string) => Promise<number>;
  /** Of both. */
  readonly cpuSeconds: () => { readonly checker: number; readonly postgres: number };
}

export async function startOurChecker(targets: readonly object[]): Promise<OurChecker> {
  const stack = new AsyncDisposableStack();
  const house = stack.use(await openSeriesHouse());
  const bin = join(house.folder, 'bin');
  await promisify(execFile)(process.execPath, [BUILD, bin]);
  const config = join(house.folder, 'checker.yaml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ targets, log_level: 'error' }));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const checker = stack.use(
    start(join(bin, 'checker'), [`--config=${config}`], {
      DAYWATCH_NODE: process.execPath,
      DAYWATCH_STORAGE_DSN: house.dsn,
      DAYWATCH_HTTP_PORT: String(port),
      DAYWATCH_SPOOL_FOLDER: join(house.folder, 'spool'),
    }),
  );
  await waitUntil('the checker', async () => (await fetch(`${origin}/health/ready`)).ok);
  return {
    pid: checker.pid,
    metric: (prefix) => readMetric(origin, prefix),
    cpuSeconds: () => ({ checker: cpuSeconds(checker.pid), postgres: cpuSecondsOfFamily(house.serverPid) }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

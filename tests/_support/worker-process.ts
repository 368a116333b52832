import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

export type WorkerName =
  | 'calendar-api'
  | 'calendar-scheduler'
  | 'calendar-sender'
  | 'checker'
  | 'gometr'
  | 'restapi';
export type Environment = Readonly<Record<string, string>>;

export interface Finished {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running process of the system, on a free port. */
export interface WorkerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly stdout: () => string;
  readonly isReady: () => Promise<boolean>;
  /** The value of a metric, all its samples together. */
  readonly metric: (name: string) => Promise<number>;
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Runs one of them to its end. */
export async function runWorker(
  name: WorkerName,
  args: readonly string[],
  env: Environment = {},
): Promise<Finished> {
  return spawnWorker(name, args, env).finished;
}

/** Starts one of them from its sources. It listens when this resolves. */
export async function startWorkerProcess(
  name: WorkerName,
  env: Environment,
  args: readonly string[] = [],
): Promise<WorkerProcess> {
  const worker = spawnWorker(name, args, { DAYWATCH_HTTP_PORT: '0', ...env });
  const { child, finished, stdout } = worker;
  let port: string | undefined;
  await waitFor(`the port of ${name}`, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${worker.stderr()}${stdout()}`);
    port = /"msg":"listening on [^"]*?:(\d+)[",]/.exec(stdout())?.[1];
    return port !== undefined;
  });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> => {
    child.kill(signal);
    return finished;
  };
  return {
    child,
    origin,
    stdout,
    isReady: async () => (await fetch(`${origin}/health/ready`)).ok,
    async metric(name) {
      const text = await (await fetch(`${origin}/metrics`)).text();
      const samples = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
      return Array.from(samples, ([, value]) => Number(value)).reduce((sum, value) => sum + value, 0);
    },
    stop,
    [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')),
  };
}

export async function startReadyWorker(
  name: WorkerName,
  env: Environment,
  args: readonly string[] = [],
): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(name, env, args);
  await waitFor(`${name} to be ready`, worker.isReady);
  return worker;
}

/** The variables of the test run itself, such as a DSN, do not count. */
function spawnWorker(name: WorkerName, args: readonly string[], env: Environment) {
  const { PATH = '', HOME = '' } = process.env;
  const main = join(import.meta.dirname, '../../services', name, 'src/main.ts');
  // The kernel ends it with a test run that is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, main, ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'nothing', stdout, stderr }));
  });
  return { child, finished, stdout: () => stdout, stderr: () => stderr };
}

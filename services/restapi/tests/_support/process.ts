import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { waitFor } from '../../../../tests/_support/wait-for.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running restapi on a free port. */
export interface RestapiProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly stdout: () => string;
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Runs restapi to its end. */
export async function runRestapi(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const { output, ended } = spawnRestapi(args, environment);
  const code = await ended;
  return { code, ...output };
}

/** Starts restapi. It listens when this resolves; with `isReady`, it answers too. */
export async function startRestapi(
  environment: Readonly<Record<string, string>>,
  isReady = true,
): Promise<RestapiProcess> {
  const { child, output, ended } = spawnRestapi([], { DAYWATCH_HTTP_PORT: '0', ...environment });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> => {
    child.kill(signal);
    return { code: await ended, ...output };
  };
  let port: string | undefined;
  await waitFor('the port', () => {
    if (child.exitCode !== null) throw new Error(`restapi ended: ${output.stderr}`);
    port = /"msg":"listening on [^"]*?:(\d+)"/.exec(output.stdout)?.[1];
    return port !== undefined;
  });
  const origin = `http://127.0.0.1:${port}`;
  if (isReady) await waitFor('readiness', async () => (await fetch(`${origin}/health/ready`)).ok);
  return {
    child,
    origin,
    stdout: () => output.stdout,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')),
  };
}

/** The variables of the test run itself, such as a DSN, do not count. */
function spawnRestapi(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { child, output, ended };
}

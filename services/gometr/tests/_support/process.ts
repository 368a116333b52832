import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running gometr on a free port. */
export interface GometrProcess extends AsyncDisposable {
  readonly origin: string;
  /** Sends SIGTERM and waits for the end. */
  readonly stop: () => Promise<Finished>;
}

/** Runs gometr to its end. */
export function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return finish(start(args, environment));
}

/** Starts gometr; it listens when this resolves. */
export async function startGometr(
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<GometrProcess> {
  const child = start(args, { DAYWATCH_HTTP_PORT: '0', ...environment });
  const finished = finish(child);
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text: string) => {
      said += text;
      const found = /"msg":"listening on [^"]*:(\d+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    finished.then(({ stderr }) => reject(new Error(`gometr ended: ${stderr}`)), reject);
  });
  const stop = (signal: NodeJS.Signals): Promise<Finished> => {
    child.kill(signal);
    return finished;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => stop('SIGTERM'),
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
    },
  };
}

/** The variables of the test run itself do not count. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  return child;
}

async function finish(child: ChildProcess): Promise<Finished> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, ...texts };
}

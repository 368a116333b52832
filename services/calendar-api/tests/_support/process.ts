import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '../../src/main.ts');

export type Environment = Readonly<Record<string, string>>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs calendar_api to its end. */
export async function run(args: readonly string[], environment: Environment = {}): Promise<Finished> {
  const child = spawnMain(args, environment);
  const output = collect(child);
  const code = await exitOf(child);
  return { code, stdout: output.stdout(), stderr: output.stderr() };
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A running calendar_api, on a free port, with a token of the user `admin`. */
export interface ApiProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly port: number;
  readonly origin: string;
  readonly token: string;
  readonly stdout: () => string;
  /** Asks with the token. */
  readonly fetch: (path: string, init?: AskOptions) => Promise<Response>;
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Starts calendar_api; by default on the memory store. It listens when this resolves. */
export async function startApi(
  environment: Environment = {},
  args: readonly string[] = [],
): Promise<ApiProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'daywatch-api-'));
  const token = randomBytes(32).toString('hex');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token);
  const child = spawnMain(args, {
    DAYWATCH_HTTP_PORT: '0',
    DAYWATCH_AUTH_BOOTSTRAP_TOKEN_FILE: tokenFile,
    ...environment,
  });
  const output = collect(child);
  const ended = exitOf(child);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> => {
    child.kill(signal);
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return { code, stdout: output.stdout(), stderr: output.stderr() };
  };
  const port = await waitFor('the port', () => {
    if (child.exitCode !== null) throw new Error(`calendar_api ended: ${output.stderr()}`);
    return /"msg":"listening on [^"]*?:(\d+),/.exec(output.stdout())?.[1];
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    port: Number(port),
    origin,
    token,
    stdout: output.stdout,
    fetch: (path, init) =>
      fetch(`${origin}${path}`, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
    },
  };
}

/** Starts it, and waits until it is ready for requests. */
export async function startReadyApi(
  environment: Environment = {},
  args: readonly string[] = [],
): Promise<ApiProcess> {
  const api = await startApi(environment, args);
  await waitFor('readiness', async () => (await fetch(`${api.origin}/health/ready`)).ok || undefined);
  return api;
}

/** Asks again and again until there is an answer. */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  deadlineMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`no ${what} within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The variables of the test run itself, such as a DSN, do not count. */
function spawnMain(args: readonly string[], environment: Environment): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', resolve);
  });
}

function collect(child: ChildProcess) {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}

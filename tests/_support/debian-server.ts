import { spawn } from 'node:child_process';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

/** A server of Debian's, on a port of its own. */
export interface DebianServer extends AsyncDisposable {
  readonly url: string;
}

export interface DebianServerOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it answers once it is ready; by default `/metrics`. */
  readonly readyPath?: string;
}

/** Starts an exporter, or Prometheus itself: what takes its port as `--web.listen-address`. It is ready when this resolves. */
export async function startDebianServer(
  program: string,
  { args = [], env = {}, readyPath = '/metrics' }: DebianServerOptions = {},
): Promise<DebianServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The kernel ends it with a test run that is killed.
  const words = ['--pdeathsig', 'KILL', program, `--web.listen-address=127.0.0.1:${port}`, ...args];
  const child = spawn('setpriv', words, { stdio: ['ignore', 'ignore', 'pipe'], env });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
    if (said.length > 100) said.shift();
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said.join('').trim()}`);
    return (await fetch(`${url}${readyPath}`).catch(() => undefined))?.ok === true;
  };
  try {
    await waitFor(program, isReady);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A receiver of webhooks in a process of its own; see receiver-main.ts. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** How often each id came. */
  readonly counts: () => Promise<ReadonlyMap<string, number>>;
  /** How many ids came. */
  readonly distinct: () => Promise<number>;
  /** The first requests. */
  readonly requests: () => Promise<
    readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[]
  >;
  /** The status that it answers from now on. */
  readonly answer: (status: number) => Promise<void>;
}

/** @param delayMs how long it takes to answer. */
export async function startReceiver(delayMs = 0): Promise<Receiver> {
  const main = join(import.meta.dirname, 'receiver-main.ts');
  // The kernel ends it with a test run that is killed.
  const command = ['--pdeathsig', 'KILL', process.execPath, main, String(delayMs)];
  const child = spawn('setpriv', command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${port.toString().trim()}/`;
  const ask = async () => (await fetch(url)).json();
  return {
    url,
    async counts() {
      const { counts } = (await ask()) as { counts: Record<string, number> };
      return new Map(Object.entries(counts));
    },
    distinct: async () => Number(await (await fetch(`${url}distinct`)).text()),
    async requests() {
      const { requests } = (await ask()) as Awaited<{
        requests: { headers: Record<string, string>; body: string }[];
      }>;
      return requests;
    },
    async answer(status) {
      await fetch(`${url}status/${status}`, { method: 'PUT' });
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

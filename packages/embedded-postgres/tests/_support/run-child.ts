import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { StartOptions } from '../../src/index.ts';

const SCRIPT = fileURLToPath(new URL('server-child.ts', import.meta.url));

export type ChildReport =
  | {
      readonly kind: 'ready';
      readonly pid: number;
      readonly port: number;
      readonly version: string;
      readonly dsn: string;
      readonly logged: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly logged: readonly string[];
    };

export interface ServerChild extends AsyncDisposable {
  readonly pid: number;
  /** What came of the start. Rejects when the process ended without a word. */
  readonly report: Promise<ChildReport>;
  /** Ends it as the kernel would: nothing in it runs any more. */
  kill(): Promise<void>;
  /** Asks it to stop PostgreSQL and waits until it has ended. */
  stop(): Promise<void>;
}

/** Runs `server-child.ts`, under a command such as `setpriv …` when there is a `prefix`. */
export function runChild(options: StartOptions, prefix: readonly string[] = []): ServerChild {
  const command = [...prefix, process.execPath, SCRIPT, JSON.stringify(options)];
  const child = spawn('env', command, { cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const report = readReport(child);
  // A test that kills it is not interested.
  report.catch(() => undefined);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { pid: child.pid ?? 0, report, kill, stop, [Symbol.asyncDispose]: stop };
}

/** Runs it to its report and stops it. */
export async function reportOf(options: StartOptions, prefix: readonly string[] = []): Promise<ChildReport> {
  await using child = runChild(options, prefix);
  return await child.report;
}

async function readReport(child: ChildProcess): Promise<ChildReport> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the child has no output');
  let complaints = '';
  stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{')) return JSON.parse(line) as ChildReport;
  }
  throw new Error(`the child ended without a report: ${complaints}`);
}

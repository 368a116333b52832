import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Between every two steps from due to delivered. */
export const FAULT_POINTS = [
  'before the claim',
  'between claim and publishing',
  'between publishing and confirm',
  'between confirm and record',
  'after the record',
  'between receiving and beginning',
  'between beginning and sending',
  'between sending and record of the outcome',
  'between recorded outcome and acknowledgement',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

export interface FaultWorkerOptions {
  readonly dsn: string;
  /** Where it is absent, a table of the database is the queue. */
  readonly broker?: { readonly url: string; readonly name: string };
  /** Where it has a fault, once each, and what that is: it is killed, or meets an error. */
  readonly faults: readonly FaultPoint[];
  readonly kind: 'kill' | 'throw';
}

export interface FaultWorker extends AsyncDisposable {
  /** Resolves with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  readonly kill: () => void;
  /** The faults that it has had. */
  readonly faults: () => readonly string[];
}

/** Starts a process with a scheduler and a sender; see fault-worker-main.ts. */
export function startFaultWorker(options: FaultWorkerOptions): FaultWorker {
  const main = join(import.meta.dirname, 'fault-worker-main.ts');
  // The kernel ends it with a test run that is killed.
  const command = ['--pdeathsig', 'KILL', process.execPath, main, JSON.stringify(options)];
  const child = spawn('setpriv', command, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  const kill = (): void => void child.kill('SIGKILL');
  return {
    ended,
    kill,
    faults: () => Array.from(said.matchAll(/^a fault: (.*)$/gm), ([, point = '']) => point),
    async [Symbol.asyncDispose]() {
      kill();
      await ended;
    },
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../../..');
export const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

export type Environment = Readonly<Record<string, string>>;

export interface Place {
  readonly cwd: string;
  readonly env?: Environment;
  /** What to run; by default the sources of daywatch. */
  readonly command?: readonly string[];
}

export interface Finished {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly finished: Promise<Finished>;
}

/**
 * Starts daywatch, or another command, in a process group of its own, as a shell does. Of the variables of
 * the test run only the path, the home and the folder for temporary files count.
 */
export function startProgram(args: readonly string[], { cwd, env = {}, command }: Place): Program {
  const [file = '', ...words] = [...(command ?? [process.execPath, MAIN]), ...args];
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(file, words, {
    cwd,
    env: { PATH, HOME, TMPDIR, ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code: code ?? signal ?? 'nothing', stdout, stderr }));
  });
  return { process: child, stdout: () => stdout, stderr: () => stderr, finished };
}

/** Runs it to its end. */
export function runProgram(args: readonly string[], place: Place): Promise<Finished> {
  const program = startProgram(args, place);
  program.process.stdin?.end();
  return program.finished;
}

/** Sends the signal to every process of the group, as a terminal does for Ctrl-C. */
export function signalGroup(program: Program, signal: NodeJS.Signals): void {
  process.kill(-(program.process.pid ?? 0), signal);
}

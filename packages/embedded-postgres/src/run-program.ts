import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { RunAs } from './run-as.ts';

export interface ProgramExit {
  /** The exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  readonly pid: number;
  readonly exited: Promise<ProgramExit>;
  /** Resolves when its output has ended as well, which a child that outlives it can delay. */
  readonly closed: Promise<void>;
  /** The last lines that it has written so far, oldest first. */
  lastLines(): readonly string[];
  kill(signal: NodeJS.Signals): void;
}

export interface ProgramOptions {
  readonly runAs: RunAs;
  readonly cwd: string;
  readonly libraryPath?: string | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

const KEPT_LINES = 30;

/**
 * Starts a program of PostgreSQL as `runAs`, in a session of its own so that a Ctrl-C at the terminal reaches only us,
 * and with a clean environment, so that neither `PG…` variables nor the user's language change what it does.
 */
export async function startProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Program> {
  const { runAs } = options;
  const [command, commandArgs] =
    runAs.kind === 'namespace' ? enterNamespace(runAs, file, args) : [file, args];
  const child = spawn(command, commandArgs, {
    cwd: options.cwd,
    detached: true,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(options.libraryPath === undefined ? {} : { LD_LIBRARY_PATH: options.libraryPath }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(runAs.kind === 'user' ? { uid: runAs.uid, gid: runAs.gid } : {}),
  });
  const exited = new Promise<ProgramExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const lines = keepLines(child, options.log);
  await once(child, 'spawn');
  endWithUs(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} has no process id`);
  return { pid, exited, closed, lastLines: () => lines, kill: (signal) => child.kill(signal) };
}

/** `unshare` does not fork here: it becomes the program, so the pid stays the one that we know. */
function enterNamespace(
  runAs: Extract<RunAs, { kind: 'namespace' }>,
  file: string,
  args: readonly string[],
): [string, readonly string[]] {
  const maps = [`--map-user=${runAs.uid}`, `--map-group=${runAs.gid}`];
  return ['unshare', ['--user', ...maps, '--', file, ...args]];
}

/** When this process ends in order and nobody stopped the program, it is at least told. */
function endWithUs(child: ChildProcess): void {
  const tell = (): void => {
    child.kill('SIGINT');
  };
  process.once('exit', tell);
  child.once('exit', () => process.removeListener('exit', tell));
}

function keepLines(child: ChildProcess, log?: (line: string) => void): readonly string[] {
  const kept: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      log?.(line);
    });
  }
  return kept;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { type Program, type ProgramOptions, startProgram } from './run-program.ts';

export interface PostmasterOptions extends Omit<ProgramOptions, 'cwd'> {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly durable: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly readyTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starts the server and resolves when it takes connections. When it throws, the server is gone. */
export async function startPostmaster(options: PostmasterOptions): Promise<Program> {
  const args = [
    '-D',
    options.cluster,
    ...settingsOf(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  options.signal?.throwIfAborted();
  const program = await startProgram(options.binaries.postgres, args, { ...options, cwd: options.cluster });
  try {
    await waitUntilReady(program, options);
  } catch (error) {
    program.kill('SIGQUIT');
    await program.exited;
    throw error;
  }
  return program;
}

/** The last one wins, so what keeps strangers out comes after the caller's own settings. */
function settingsOf(options: PostmasterOptions): readonly (readonly [string, string])[] {
  const relaxed = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  return Object.entries({
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.durable ? {} : relaxed),
    ...options.settings,
    listen_addresses: options.host,
    port: String(options.port),
    unix_socket_directories: '',
    log_destination: 'stderr',
    logging_collector: 'off',
  });
}

async function waitUntilReady(program: Program, options: PostmasterOptions): Promise<void> {
  const deadlineMs = Date.now() + options.readyTimeoutMs;
  let hasExited = false;
  void program.exited.then(() => (hasExited = true));
  while (!(await isReady(program.pid, options.cluster))) {
    if (hasExited) {
      await program.closed;
      throw EmbeddedPostgresError.fromOutput('postgres', options.cluster, program.lastLines());
    }
    if (Date.now() > deadlineMs) {
      const lines = [`not ready after ${options.readyTimeoutMs} ms`, ...program.lastLines()];
      throw EmbeddedPostgresError.fromOutput('postgres', options.cluster, lines);
    }
    await delay(10, undefined, { signal: options.signal });
  }
}

/** The server writes its state into the eighth line of this file, and its own pid into the first. */
async function isReady(pid: number, cluster: string): Promise<boolean> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

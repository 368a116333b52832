import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { KILL_LADDER, type Ladder, stopClusterProcesses } from './processes.ts';
import { type Program, type ProgramOptions, startProgram } from './run-program.ts';
import { waitAtMost } from './wait.ts';

export interface PostmasterOptions extends Omit<ProgramOptions, 'cwd'> {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly durable: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** Replaying the log after a crash takes its time, and belongs to the start. */
  readonly readyTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starts the server and resolves when it takes connections. When it throws, the server is gone. */
export async function startPostmaster(options: PostmasterOptions): Promise<Program> {
  const settings = settingsOf(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', options.cluster, ...settings];
  options.signal?.throwIfAborted();
  const program = await startProgram(options.binaries.postgres, args, { ...options, cwd: options.cluster });
  try {
    await waitUntilReady(program, options);
    return program;
  } catch (error) {
    await stopPostmaster(program, [['SIGQUIT', 5_000], ...KILL_LADDER]);
    await sweepChildren(options.cluster);
    throw error;
  }
}

/** Climbs the ladder until the server is gone. */
export async function stopPostmaster(program: Program, ladder: Ladder): Promise<void> {
  for (const [signal, timeoutMs] of ladder) {
    program.kill(signal);
    if (await waitAtMost(program.exited, timeoutMs)) return;
  }
}

/** Children outlive a server that was killed, for the moment they need to see it. Needs the folder's lock. */
export async function sweepChildren(cluster: string): Promise<void> {
  await stopClusterProcesses([cluster], [['SIGQUIT', 5_000], ...KILL_LADDER]);
}

/** The last one wins, so what keeps strangers out comes after the caller's own settings. */
function settingsOf(options: PostmasterOptions): readonly (readonly [string, string])[] {
  const relaxed = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const ours = {
    listen_addresses: options.host,
    port: String(options.port),
    unix_socket_directories: '',
    log_destination: 'stderr',
    logging_collector: 'off',
  };
  const defaults = { timezone: 'UTC', log_timezone: 'UTC', ...(options.durable ? {} : relaxed) };
  return [defaults, options.settings, ours].flatMap((settings) => Object.entries(settings));
}

async function waitUntilReady(program: Program, options: PostmasterOptions): Promise<void> {
  const deadlineMs = Date.now() + options.readyTimeoutMs;
  let hasExited = false;
  void program.exited.then(() => (hasExited = true));
  while (!(await isReady(program.pid, options.cluster))) {
    if (hasExited) {
      await waitAtMost(program.closed, 1_000);
      throw EmbeddedPostgresError.fromOutput('postgres', options.cluster, program.lastLines());
    }
    if (Date.now() > deadlineMs) {
      const lines = [...program.lastLines(), `It was not ready after ${options.readyTimeoutMs} ms.`];
      throw EmbeddedPostgresError.fromOutput('postgres', options.cluster, lines);
    }
    await delay(10, undefined, { signal: options.signal });
  }
  options.signal?.throwIfAborted();
}

/** The server writes its pid into the first line of this file, and its state into the eighth. */
async function isReady(pid: number, cluster: string): Promise<boolean> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

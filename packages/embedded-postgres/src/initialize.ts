import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { RunAs } from './run-as.ts';
import { type ProgramOptions, startProgram } from './run-program.ts';

/** The superuser's password, in the cluster's folder so that both appear together. */
export const PASSWORD_FILE = 'daywatch-password';
export const SUPERUSER = 'postgres';

export interface InitializeOptions extends Omit<ProgramOptions, 'cwd' | 'log'> {
  readonly binaries: Binaries;
  /** A folder for the work, on the same file system as `cluster`. Whatever is in it is removed. */
  readonly staging: string;
  /** Where the cluster goes. It must not exist. */
  readonly cluster: string;
  readonly durable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a cluster. It appears at its place whole or not at all, whatever interrupts this. */
export async function initializeCluster(options: InitializeOptions): Promise<void> {
  const { staging } = options;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  try {
    const password = join(staging, PASSWORD_FILE);
    await writeDurably(password, randomBytes(24).toString('base64url'));
    for (const path of [staging, password]) await giveTo(path, options.runAs);
    await runInitdb(options, password);
    await rename(password, join(staging, 'data', PASSWORD_FILE));
    await syncFolder(join(staging, 'data'));
    await rename(join(staging, 'data'), options.cluster);
    await syncFolder(join(options.cluster, '..'));
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function giveTo(path: string, runAs: RunAs): Promise<void> {
  if (runAs.kind === 'user') await chown(path, runAs.uid, runAs.gid);
}

async function runInitdb(options: InitializeOptions, passwordFile: string): Promise<void> {
  const { binaries, staging, runAs, libraryPath, signal } = options;
  const args = [
    `--pgdata=${join(staging, 'data')}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...(options.durable ? [] : ['--no-sync']),
  ];
  signal?.throwIfAborted();
  const program = await startProgram(binaries.initdb, args, { runAs, libraryPath, cwd: staging });
  const kill = (): void => killGroup(program.pid);
  signal?.addEventListener('abort', kill, { once: true });
  const { code } = await program.exited;
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (code === 0) return;
  await program.closed;
  throw EmbeddedPostgresError.fromOutput('initdb', options.cluster, program.lastLines());
}

/** `initdb` leads a group of its own, and the servers that it starts for a moment belong to it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

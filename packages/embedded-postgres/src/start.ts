import { chmod, mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { locateBinaries } from './binaries.ts';
import type { EmbeddedPostgres, StartOptions } from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { claimPort } from './free-port.ts';
import { initializeCluster, PASSWORD_FILE, SUPERUSER } from './initialize.ts';
import { acquireLock } from './lock.ts';
import { startPostmaster } from './postmaster.ts';
import { stopClusterProcesses } from './processes.ts';
import { chooseRunAs } from './run-as.ts';
import { linkLibraries } from './symlinks.ts';

const HOST = '127.0.0.1';

/** Starts PostgreSQL 18 on `dataDir`, making the cluster on first use. Throws {@link EmbeddedPostgresError}. */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw EmbeddedPostgresError.from(error, options.dataDir);
  }
}

async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const { durable = true, settings = {}, log, signal } = options;
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const cluster = join(dataDir, 'data');
  const staging = join(dataDir, 'initializing');

  await using undo = new AsyncDisposableStack();
  undo.use(await acquireLock(dataDir));
  const binaries = locateBinaries(options.binariesDir);
  const libraryDir = await linkLibraries(binaries.root, join(dataDir, 'lib'));
  const common = { binaries, libraryDir, runAs: chooseRunAs(), cluster, durable, log, signal };

  const orphans = await stopClusterProcesses([cluster, staging, join(staging, 'data')], 30_000, signal);
  if (orphans > 0) log?.(`Stopped ${orphans} processes of an earlier PostgreSQL in ${dataDir}.`);
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  const port = await claimPort(HOST, options.port ?? 0);
  if (!existsSync(cluster)) await initializeCluster({ ...common, staging });
  await chmod(cluster, 0o700);
  const password = await readFile(join(cluster, PASSWORD_FILE), 'utf8');
  const program = await startPostmaster({ ...common, host: HOST, port, settings, readyTimeoutMs: 120_000 });

  const lease = undo.move();
  const exited = program.exited.then(async (exit) => {
    await lease.disposeAsync();
    return exit;
  });
  const stop = async (): Promise<void> => {
    await stopClusterProcesses([cluster], 30_000);
    await exited;
  };
  const dsn = (database = 'postgres'): string =>
    `postgres://${SUPERUSER}:${password}@${HOST}:${port}/${encodeURIComponent(database)}`;
  return {
    host: HOST,
    port,
    superuserDsn: dsn(),
    version: '18.4',
    pid: program.pid,
    dsn,
    stop,
    exited,
    [Symbol.asyncDispose]: stop,
  };
}

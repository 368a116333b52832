import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { locateBinaries } from './binaries.ts';
import { checkClusterVersion, CLUSTER_DIR, openDataFolder, STAGING_DIR } from './data-folder.ts';
import type { EmbeddedPostgres, StartOptions } from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { claimPort } from './free-port.ts';
import { initializeCluster, PASSWORD_FILE } from './initialize.ts';
import { acquireLock } from './lock.ts';
import { findLodging } from './lodging.ts';
import { settleOwnership } from './ownership.ts';
import { type PostmasterOptions, startPostmaster } from './postmaster.ts';
import { KILL_LADDER, STOP_LADDER, stopClusterProcesses } from './processes.ts';
import type { Program } from './run-program.ts';
import { makeHandle } from './handle.ts';

const HOST = '127.0.0.1';

/**
 * Starts PostgreSQL 18 on `dataDir`, making the cluster on first use. A server that an earlier process left behind in
 * that folder is stopped first. Throws {@link EmbeddedPostgresError}; nothing is left running then.
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw options.signal?.aborted === true
      ? EmbeddedPostgresError.aborted(options.dataDir, options.signal.reason)
      : EmbeddedPostgresError.from(error, options.dataDir);
  }
}

async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const { durable = true, log, signal } = options;
  signal?.throwIfAborted();
  const dataDir = await openDataFolder(options.dataDir);
  await using undo = new AsyncDisposableStack();
  undo.use(await acquireLock(dataDir));

  const binaries = locateBinaries(options.binariesDir);
  const lodging = await findLodging({ dataDir, binaries, durable, log });
  const cluster = join(lodging.home, CLUSTER_DIR);
  const staging = join(lodging.home, STAGING_DIR);
  await stopLeftovers(cluster, staging, options);
  if (options.port !== undefined && options.port !== 0) await claimPort(HOST, options.port);

  const common = { ...lodging, cluster, durable, log, signal };
  if (existsSync(cluster)) {
    await checkClusterVersion(cluster);
    await settleOwnership(cluster, lodging.runAs, log);
  } else {
    log?.(`Making a new PostgreSQL ${lodging.version} cluster in ${cluster}.`);
    await initializeCluster({ ...common, staging });
  }
  const password = await readPassword(cluster);
  const { settings = {}, readyTimeoutMs = 120_000 } = options;
  const [port, program] = await startOnPort(options.port ?? 0, {
    ...common,
    host: HOST,
    settings,
    readyTimeoutMs,
  });
  const address = { host: HOST, port, password, version: lodging.version };
  return makeHandle({ program, cluster, address, lease: undo.move() });
}

/** What a killed process left: its server, its unfinished cluster, and a pid file that may name a stranger by now. */
async function stopLeftovers(cluster: string, staging: string, options: StartOptions): Promise<void> {
  const { log, signal } = options;
  const count = await stopClusterProcesses([cluster], STOP_LADDER, signal);
  if (count > 0) log?.(`Stopped the PostgreSQL that an earlier process left running in ${cluster}.`);
  await stopClusterProcesses([staging, join(staging, CLUSTER_DIR)], KILL_LADDER, signal);
  await rm(staging, { recursive: true, force: true });
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function readPassword(cluster: string): Promise<string> {
  try {
    return await readFile(join(cluster, PASSWORD_FILE), 'utf8');
  } catch (error) {
    const message = `${cluster} was not made by Daywatch: it has no readable ${PASSWORD_FILE}.`;
    throw new EmbeddedPostgresError('not_a_cluster', message, { cause: error });
  }
}

const FREE_PORT_ATTEMPTS = 5;

/** A free port may be taken by another program before the server listens on it, and then another one is as good. */
async function startOnPort(
  wanted: number,
  options: Omit<PostmasterOptions, 'port'>,
): Promise<readonly [number, Program]> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted === 0 ? await claimPort(HOST, 0) : wanted;
    try {
      return [port, await startPostmaster({ ...options, port })];
    } catch (error) {
      const isTaken = error instanceof EmbeddedPostgresError && error.code === 'port_busy';
      if (!isTaken || wanted !== 0 || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}

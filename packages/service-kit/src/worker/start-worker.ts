import { hostname } from 'node:os';
import type { LogLevel } from '../log/index.ts';
import { openLog, type Log } from '../log/index.ts';
import { checkDatastore, createHealth, type HealthCheck } from '../health/index.ts';
import { createAvailability } from '../lifecycle/availability.ts';
import { retryUntilAvailable } from '../lifecycle/retry-until-available.ts';
import type { Service } from '../lifecycle/service.ts';
import type { Registry } from '../metrics/index.ts';
import { serveWorker } from './serve-worker.ts';

/** What of its configuration every worker heeds. */
export interface WorkerConfig {
  readonly http: { readonly host: string; readonly port: number; readonly allowed_hosts: readonly string[] };
  readonly metrics: { readonly public: boolean };
  readonly log_level: LogLevel;
  readonly log_file?: string | undefined;
  readonly shutdown: { readonly timeout: number };
}

/** Something that a worker cannot do without, and waits for. */
export interface Need {
  /** In the log and in `/health`: `database`. */
  readonly name: string;
  /** Makes sure, once, that it is as it has to be. By default `check`. */
  readonly prepare?: (signal: AbortSignal) => Promise<unknown>;
  readonly check: (signal: AbortSignal) => Promise<unknown>;
  /** Whether it has told the log itself of such a failure, and will that it is over. By default it does not. */
  readonly hasLogged?: (error: unknown) => boolean;
}

export interface WorkerOptions {
  readonly config: WorkerConfig;
  readonly log: Log;
  readonly needs: readonly Need[];
  /** What else `/health` says; by default nothing. */
  readonly checks?: readonly HealthCheck[];
  readonly registries: readonly Registry[];
  /** Begins the work: everything that is needed is there. */
  readonly begin: () => void;
}

/** Opens the log of a worker as its configuration says, and applies what the whole process has of it. */
export function openWorkerLog(service: Service, config: WorkerConfig, warnings: readonly string[]): Log {
  const log = openLog({ service: service.name, level: config.log_level, file: config.log_file });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  for (const warning of warnings) logger.warn(warning);
  return log;
}

/**
 * Opens the port, so that the process is seen to be alive, and begins the work when all that it needs is there.
 * The port is closed first when the process stops.
 * @throws ListenError
 */
export async function startWorker(service: Service, options: WorkerOptions): Promise<void> {
  const { config, log, needs, checks = [], registries, begin } = options;
  const { signal } = service;
  const { logger } = log;
  const health = createHealth({ serviceId: hostname(), signal });
  for (const { name, check } of needs) health.add(checkDatastore(name, check));
  for (const check of checks) health.add(check);
  const server = await serveWorker({
    http: config.http,
    health,
    registries,
    log,
    hasPublicMetrics: config.metrics.public,
  });
  service.resources.defer(() => server.close(service.remainingDrainMs()));

  async function waitAndBegin(): Promise<void> {
    for (const { name, prepare, check, hasLogged = () => false } of needs) {
      const log = createAvailability(name, logger);
      const markDown = (error: unknown): void => {
        if (!hasLogged(error)) log.markDown(error);
      };
      const availability = { ...log, markDown };
      await retryUntilAvailable({ name, attempt: prepare ?? check, signal, logger, availability });
    }
    health.markStarted();
    begin();
  }
  waitAndBegin().catch((error: unknown) => {
    if (!signal.aborted) service.fail(error, 'the start failed');
  });
}

import { addHealthRoutes, type Health } from '../health/index.ts';
import { createHttpServer, createLimiter, listenOnePort, type Listener } from '../listen/index.ts';
import type { Log } from '../log/index.ts';
import {
  addMetricsRoute,
  createProcessRegistry,
  createRequestMetrics,
  guardMetrics,
  type Registry,
} from '../metrics/index.ts';

export interface WorkerServerOptions {
  readonly http: { readonly host: string; readonly port: number; readonly allowed_hosts: readonly string[] };
  readonly health: Health;
  /** What `/metrics` answers beside the metrics of the process. */
  readonly registries: readonly Registry[];
  /** Whether the metrics are open to everybody, not to this machine alone. */
  readonly hasPublicMetrics: boolean;
  readonly log: Log;
}

/** Where a process that works by itself can be asked how it is. */
export interface WorkerServer {
  readonly port: number;
  /** Accepts no more, and gives what is being answered `drainMs`. */
  readonly close: (drainMs: number) => Promise<void>;
}

const LIMITS = { maxConnections: 1_000, maxConnectionsPerAddress: 1_000 } as const;

/** Answers `/health`, `/health/live`, `/health/ready` and `/metrics`. @throws ListenError */
export async function serveWorker(options: WorkerServerOptions): Promise<WorkerServer> {
  const { http, health, log, hasPublicMetrics } = options;
  const registry = createProcessRegistry();
  const app = createHttpServer({
    log,
    metrics: createRequestMetrics(registry),
    limiter: createLimiter({ maxRunning: 32, maxWaiting: 256 }),
    allowedHosts: http.allowed_hosts,
    maxBodyBytes: 1024,
    requestTimeoutMs: 10_000,
  });
  addHealthRoutes(app, health);
  addMetricsRoute(app, [registry, ...options.registries], hasPublicMetrics ? {} : { guard: guardMetrics });
  let listener: Listener;
  try {
    await app.ready();
    const { logger } = log;
    listener = await listenOnePort({
      host: http.host,
      port: http.port,
      httpServer: app.server,
      limits: LIMITS,
      logger,
    });
  } catch (error) {
    await app.close();
    throw error;
  }
  log.logger.info(`listening on ${http.host}:${listener.port}`);
  return {
    port: listener.port,
    async close(drainMs) {
      await listener.close(drainMs);
      await app.close();
    },
  };
}

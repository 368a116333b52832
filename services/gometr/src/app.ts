import { createHttpServer, createLimiter, listenOnePort, type Listener } from '@daywatch/service-kit/listen';
import type { Log } from '@daywatch/service-kit/log';
import { createRequestMetrics, guardMetrics } from '@daywatch/service-kit/metrics';
import type { GometrConfig } from './config.ts';
import { createGometr } from './gometr.ts';

export interface GometrAppParts {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly remainingDrainMs: () => number;
}

/** gometr as a process of its own. Dispose of it after `start`, also when that failed. */
export interface GometrApp extends AsyncDisposable {
  /** @throws ListenError */
  readonly start: () => Promise<void>;
}

/** Nobody sends bodies here, and nothing waits: the answers are made of what is known. */
const MAX_BODY_BYTES = 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_RUNNING = 256;
const MAX_WAITING = 1024;

export function createGometrApp(config: GometrConfig, parts: GometrAppParts): GometrApp {
  const { log, signal } = parts;
  const gometr = createGometr(config, { signal });
  const app = createHttpServer({
    log,
    metrics: createRequestMetrics(gometr.registry),
    limiter: createLimiter({ maxRunning: MAX_RUNNING, maxWaiting: MAX_WAITING }),
    allowedHosts: config.http.allowed_hosts,
    maxBodyBytes: MAX_BODY_BYTES,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  gometr.addRoutes(app, config.metrics.public ? {} : { guard: guardMetrics });
  let listener: Listener | undefined;
  return {
    async start() {
      await app.ready();
      const { host, port } = config.http;
      listener = await listenOnePort({
        host,
        port,
        httpServer: app.server,
        limits: {
          maxConnections: config.limits.connections,
          maxConnectionsPerAddress: config.limits.connections_per_address,
        },
        logger: log.logger,
      });
      log.logger.info(`listening on ${host}:${listener.port}`);
    },
    async [Symbol.asyncDispose]() {
      await listener?.close(parts.remainingDrainMs());
      await app.close();
      await gometr[Symbol.asyncDispose]();
    },
  };
}

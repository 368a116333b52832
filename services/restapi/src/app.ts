import { hostname } from 'node:os';
import { addPrincipals, isStillAdmitted } from '@daywatch/access/http';
import { addHealthRoutes, checkDatastore, createHealth, type Health } from '@daywatch/service-kit/health';
import { retryUntilAvailable } from '@daywatch/service-kit/lifecycle';
import {
  createHttpServer,
  createLimiter,
  httpError,
  listenOnePort,
  type Listener,
} from '@daywatch/service-kit/listen';
import type { Log } from '@daywatch/service-kit/log';
import {
  addMetricsRoute,
  createProcessRegistry,
  createRegistry,
  createRequestMetrics,
  guardMetrics,
  registerConnections,
  type Registry,
} from '@daywatch/service-kit/metrics';
import { registerOpenApi } from '@daywatch/service-kit/openapi';
import {
  checkSchema,
  openPostgres,
  type MigrationSource,
  type Postgres,
} from '@daywatch/service-kit/postgres';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { createReader, readAuthPolicy } from './access.ts';
import type { RestapiConfig } from './config.ts';
import { DESCRIPTION, SYSTEM_PATHS, SYSTEM_TAG } from './docs.ts';
import { createMonitorPart, openMonitorStores, type MonitorPart } from './monitor-part.ts';
import { VERSION } from './version.ts';

/** What a process gives the API. */
export interface RestapiParts {
  readonly log: Log;
  /** Those of access and of the monitor. */
  readonly migrations: readonly MigrationSource[];
  /** Aborted when the process stops: readiness turns off at once, and streams end. */
  readonly signal: AbortSignal;
  readonly remainingDrainMs: () => number;
}

/** The API of the monitor. Dispose of it after `start`, also when that failed. */
export interface Restapi extends AsyncDisposable {
  /**
   * Opens the port and answers where. The process is alive then; it is ready when `ready` resolves.
   * @throws ListenError
   */
  readonly start: () => Promise<{ readonly host: string; readonly port: number }>;
  /** Resolves when the database answers and has the right schema; rejects where it never will. */
  readonly ready: Promise<void>;
  /** Knows every route; for tests. */
  readonly app: FastifyInstance;
}

/** @throws ConfigError where the settings do not go together. */
export function createRestapi(config: RestapiConfig, parts: RestapiParts): Restapi {
  const { log, signal } = parts;
  const { logger } = log;
  const policy = readAuthPolicy(config);
  const { dsn = '', connections } = config.storage;
  const db = openPostgres({
    dsn,
    applicationName: 'daywatch_restapi',
    maxConnections: connections,
    log: (line) => logger.warn(line),
  });
  const health = createHealth({ serviceId: hostname(), signal });
  health.add(checkDatastore('database', (signal) => db.check(signal)));
  const registry = createDatabaseRegistry(db);
  const monitor = createMonitorPart({
    stores: openMonitorStores(db),
    logger,
    signal,
    streamTimeoutMs: config.limits.stream_timeout,
  });
  const app = createApp(config, { log, health, registry, monitor });
  let isReady = false;
  const authenticator = createReader(policy, db);
  const requireReader = addPrincipals(app, { authenticator })('monitor:read');
  const authorize: onRequestAsyncHookHandler = async function authorize(request, reply) {
    if (!isReady) throw httpError('unavailable', 'the process waits for its database; try again soon');
    return requireReader.call(this, request, reply);
  };
  monitor.addRoutes(app, {
    authorize,
    isStillAdmitted: (request) => isStillAdmitted(authenticator, request, 'monitor:read'),
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // Whoever does not ask is not told twice.
  ready.catch(() => {});
  let listener: Listener | undefined;

  async function becomeReady(): Promise<void> {
    const attempt = (): Promise<void> => checkSchema(dsn, parts.migrations);
    await retryUntilAvailable({ name: 'database', attempt, signal, logger });
    isReady = true;
    health.markStarted();
  }

  return {
    ready,
    app,
    async start() {
      await app.ready();
      const { host, port } = config.http;
      const { connections: maxConnections, connections_per_address: maxConnectionsPerAddress } =
        config.limits;
      const limits = { maxConnections, maxConnectionsPerAddress };
      listener = await listenOnePort({ host, port, httpServer: app.server, limits, logger });
      becomeReady().then(resolve, reject);
      logger.info(`listening on ${host}:${listener.port}`);
      return { host, port: listener.port };
    },
    async [Symbol.asyncDispose]() {
      health.markStopping();
      monitor[Symbol.dispose]();
      await listener?.close(parts.remainingDrainMs());
      await app.close();
      await db.close();
    },
  };
}

interface AppParts {
  readonly log: Log;
  readonly health: Health;
  readonly registry: Registry;
  readonly monitor: MonitorPart;
}

function createApp(config: RestapiConfig, { log, health, registry, monitor }: AppParts): FastifyInstance {
  const app = createHttpServer({
    log,
    metrics: createRequestMetrics(registry),
    limiter: createLimiter({
      maxRunning: config.limits.concurrent_requests,
      maxWaiting: config.limits.queued_requests,
    }),
    allowedHosts: config.http.allowed_hosts,
    // Nothing here takes a body.
    maxBodyBytes: 1024,
    requestTimeoutMs: config.limits.request_timeout,
    mapError: monitor.mapError,
  });
  // GET alone: no HEAD beside it.
  const hasHead = false;
  registerOpenApi(app, {
    version: VERSION,
    description: DESCRIPTION,
    tags: [...monitor.docs.tags, SYSTEM_TAG],
    tokenDescription: 'A token with the scope `monitor:read`, made with `daywatch token create`.',
    paths: SYSTEM_PATHS,
    hasHead,
  });
  addHealthRoutes(app, health, { hasHead });
  const guard = config.metrics.public ? {} : { guard: guardMetrics };
  addMetricsRoute(app, [createProcessRegistry(), registry], { hasHead, ...guard });
  return app;
}

function createDatabaseRegistry(db: Postgres): Registry {
  const registry = createRegistry();
  registerConnections(registry, db);
  return registry;
}

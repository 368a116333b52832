import { ChangeWatch, makeUuidV7, parseTimeZone, toInstant, type CalendarContext } from '@daywatch/calendar';
import { createWebhookSecret } from '@daywatch/delivery/webhook';
import { ConfigError } from '@daywatch/service-kit/config';
import { checkDatastore, createHealth, type Health } from '@daywatch/service-kit/health';
import { retryUntilAvailable } from '@daywatch/service-kit/lifecycle';
import { createLimiter, listenOnePort, type Listener, type MapError } from '@daywatch/service-kit/listen';
import type { Log } from '@daywatch/service-kit/log';
import { createProcessRegistry, type Registry } from '@daywatch/service-kit/metrics';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { createAccess, readAuthPolicy, takeBootstrapToken, type Access } from './access.ts';
import { storageTypeOf, type CalendarApiConfig } from './config.ts';
import type { PartDocs } from './docs/openapi.ts';
import { createApiMetrics } from './server/api-metrics.ts';
import { createGrpcServer } from './server/grpc-server.ts';
import { createHttpApp, type AddRoutes } from './server/http-app.ts';
import { createReadiness } from './server/readiness.ts';
import type { Share } from './share.ts';
import { openStorage } from './storage.ts';

/** What a process gives the API, and may change of it. */
export interface CalendarApiParts {
  readonly log: Log;
  readonly share: Share;
  /** Aborted when the process stops: readiness turns off at once. */
  readonly signal: AbortSignal;
  /** How long requests in flight may take from now on; by default `shutdown.timeout`. */
  readonly remainingDrainMs?: () => number;
  /** Routes of other parts of the process, on the same port and in the same documentation. */
  readonly addRoutes?: AddRoutes;
  /** What the documentation says of them beside their schemas. */
  readonly docs?: PartDocs;
  /** How the errors of those routes are answered. */
  readonly mapError?: MapError;
  /** The metrics of those parts, and of the process; by default those of the process. */
  readonly registries?: readonly Registry[];
}

/** The API of the calendar. Dispose of it after `start`, also when that failed. */
export interface CalendarApi extends AsyncDisposable {
  /**
   * Opens the port and answers where. The process is alive then; it is ready when `ready` resolves.
   * @throws ListenError
   */
  readonly start: () => Promise<{ readonly host: string; readonly port: number }>;
  /** Resolves when the database answers and has the right schema; rejects where it never will. */
  readonly ready: Promise<void>;
  /** Add the checks of other parts before the start. */
  readonly health: Health;
  /** Makes tokens and sign-in links; with a database, once that is there. */
  readonly access: Access['context'];
}

/**
 * Builds the process: storage, access, gRPC and HTTP on one port.
 * @throws ConfigError where the settings do not go together.
 */
export function createCalendarApi(config: CalendarApiConfig, parts: CalendarApiParts): CalendarApi {
  const { log, share, signal } = parts;
  const { logger } = log;
  const policy = readAuthPolicy(config);
  const defaultTimeZone = readTimeZone(config.calendar.time_zone);
  const storage = openStorage({
    config: config.storage,
    migrations: share.migrations,
    applicationName: 'daywatch_calendar_api',
    log: (line) => logger.warn(line),
  });
  if (storageTypeOf(config.storage) === 'memory') {
    logger.warn('storage.type is memory: everything is forgotten when the process stops');
  }
  const { database } = storage;
  const context: CalendarContext = {
    events: storage.events,
    calendars: storage.calendars,
    reminders: storage.reminders,
    settings: storage.settings,
    search: storage.search,
    now: () => toInstant(Date.now()),
    newId: () => makeUuidV7(Date.now(), randomBytes(10)),
    newWebhookSecret: () => createWebhookSecret(randomBytes(32)),
    defaultTimeZone,
  };
  const watch = new ChangeWatch({
    log: storage.changes,
    now: context.now,
    maxWatchers: config.limits.streams,
    maxPerUser: config.limits.streams_per_user,
  });
  const access = createAccess(policy, storage.access, logger);
  const limiter = createLimiter({
    maxRunning: config.limits.concurrent_requests,
    maxWaiting: config.limits.queued_requests,
  });
  const metrics = createApiMetrics(limiter, watch, database);
  const readiness = createReadiness();
  const health = createHealth({ serviceId: hostname(), signal });
  if (database) health.add(checkDatastore('database', (signal) => database.check(signal)));
  const shared = { config, context, access, readiness, limiter, metrics, log };
  const grpc = createGrpcServer(shared);
  const app = createHttpApp({
    ...shared,
    watch,
    health,
    registries: parts.registries ?? [createProcessRegistry()],
    swaggerUi: share.swaggerUi,
    page: share.page,
    addRoutes: parts.addRoutes ?? (() => {}),
    mapError: parts.mapError ?? (() => undefined),
    ...(parts.docs && { docs: parts.docs }),
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // Whoever does not ask is not told twice.
  ready.catch(() => {});
  let listener: Listener | undefined;
  let follower: NodeJS.Timeout | undefined;

  async function becomeReady(): Promise<void> {
    if (database) {
      await retryUntilAvailable({ name: 'database', attempt: database.checkSchema, signal, logger });
    }
    await takeBootstrapToken(config.auth, access.context, logger);
    readiness.open();
    health.markStarted();
    grpc.calendar.setServing(true);
    follower = followReadiness(health, (isServing) => grpc.calendar.setServing(isServing));
  }

  return {
    ready,
    health,
    access: access.context,
    async start() {
      await app.ready();
      const { host, port } = config.http;
      const { connections: maxConnections, connections_per_address: maxConnectionsPerAddress } =
        config.limits;
      const limits = { maxConnections, maxConnectionsPerAddress };
      listener = await listenOnePort({
        host,
        port,
        httpServer: app.server,
        grpc: grpc.injector,
        limits,
        logger,
      });
      becomeReady().then(resolve, reject);
      logger.info(`listening on ${host}:${listener.port}, for gRPC and HTTP`);
      return { host, port: listener.port };
    },
    async [Symbol.asyncDispose]() {
      health.markStopping();
      clearInterval(follower);
      grpc.calendar.drain();
      // They would stay open for ever: whoever watches connects again, to whoever is there then.
      watch.stop();
      await listener?.close(parts.remainingDrainMs?.() ?? config.shutdown.timeout);
      await app.close();
      await storage[Symbol.asyncDispose]();
    },
  };
}

function readTimeZone(name: string): CalendarContext['defaultTimeZone'] {
  try {
    return parseTimeZone(name);
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigError(`calendar.time_zone: ${error.message}`);
    throw error;
  }
}

const FOLLOW_EVERY_MS = 2000;

/** gRPC health is told, rather than asked, whether the process is ready. */
function followReadiness(health: Health, setServing: (isServing: boolean) => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    void health.reportReady().then(({ status }) => setServing(status !== 'fail'));
  }, FOLLOW_EVERY_MS);
  return timer.unref();
}

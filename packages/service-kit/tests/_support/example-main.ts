import { setTimeout } from 'node:timers/promises';
import {
  apiLimits,
  httpSection,
  loadConfig,
  logKeys,
  readEnv,
  section,
  shutdownSection,
} from '@daywatch/service-kit/config';
import { addHealthRoutes, createHealth } from '@daywatch/service-kit/health';
import { retryUntilAvailable, runService } from '@daywatch/service-kit/lifecycle';
import { createHttpServer, createLimiter, listenOnePort } from '@daywatch/service-kit/listen';
import { openLog } from '@daywatch/service-kit/log';
import { addMetricsRoute, createProcessRegistry, createRequestMetrics } from '@daywatch/service-kit/metrics';
import { z } from 'zod';

const schema = z.strictObject({
  http: httpSection({ port: 8888 }),
  ...logKeys,
  limits: section({ ...apiLimits }),
  shutdown: shutdownSection(),
});

await runService('example', async (service) => {
  // An error here is one line on stderr and exit code 2.
  const source = { executable: 'example', schema, file: process.argv[2], env: readEnv() };
  const { config, warnings } = loadConfig(source);
  const log = openLog({ service: 'example', level: config.log_level, file: config.log_file });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  for (const warning of warnings) logger.warn(warning);

  const registry = createProcessRegistry();
  const health = createHealth({ serviceId: 'example-1', signal: service.signal });
  const app = createHttpServer({
    log,
    metrics: createRequestMetrics(registry),
    limiter: createLimiter({
      maxRunning: config.limits.concurrent_requests,
      maxWaiting: config.limits.queued_requests,
    }),
    allowedHosts: config.http.allowed_hosts,
    maxBodyBytes: config.limits.body,
    requestTimeoutMs: config.limits.request_timeout,
  });
  addHealthRoutes(app, health);
  addMetricsRoute(app, [registry]);
  app.get('/hello', { config: { operation: 'Hello' } }, async (request) => {
    await setTimeout(10, undefined, { signal: request.signal });
    return { hello: 'world' };
  });
  // What is added last stops first: the port closes, then the application, then the log.
  service.resources.defer(() => app.close());
  await app.ready();

  const { host, port } = config.http;
  const { connections, connections_per_address } = config.limits;
  const listener = await listenOnePort({
    host,
    port,
    httpServer: app.server,
    limits: { maxConnections: connections, maxConnectionsPerAddress: connections_per_address },
    logger,
  });
  service.resources.defer(() => listener.close(service.remainingDrainMs()));
  logger.info({ port: listener.port }, 'listening');

  // Alive and not ready until what it needs is there.
  const attempt = (): Promise<string> => Promise.resolve('connected');
  await retryUntilAvailable({ name: 'database', attempt, signal: service.signal, logger });
  health.markStarted();
});

import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import {
  apiLimits,
  httpSection,
  loadConfig,
  logKeys,
  readEnv,
  section,
  shutdownSection,
} from '../../src/config/index.ts';
import { addHealthRoutes, createHealth } from '../../src/health/index.ts';
import { runService } from '../../src/lifecycle/index.ts';
import { createHttpServer, createLimiter, listenOnePort } from '../../src/listen/index.ts';
import { openLog } from '../../src/log/index.ts';
import { addMetricsRoute, createProcessRegistry, createRequestMetrics } from '../../src/metrics/index.ts';

const schema = z.strictObject({
  http: httpSection({ port: 0 }),
  ...logKeys,
  limits: section(apiLimits),
  shutdown: shutdownSection(),
});

/** A small but whole process; `SAMPLE` makes it misbehave. */
await runService('sample', async (service) => {
  const env = readEnv();
  const { config, warnings } = loadConfig({ executable: 'sample', schema, file: env['SAMPLE_CONFIG'], env });
  const log = openLog({ service: 'sample', level: config.log_level, file: config.log_file });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  for (const warning of warnings) logger.warn(warning);

  const registry = createProcessRegistry();
  const health = createHealth({ serviceId: 'sample', signal: service.signal });
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
  app.get('/slow', async () => {
    logger.info('slow began');
    await setTimeout(300);
    return 'done';
  });
  service.resources.defer(() => app.close());
  await app.ready();

  switch (env['SAMPLE']) {
    case 'bad-start':
      throw new Error('the start is not possible');
    case 'throws':
      queueMicrotask(() => {
        throw new Error('thrown at password=hunter2');
      });
      break;
    case 'rejects':
      void Promise.reject(new Error('nobody caught this'));
      break;
    case 'hangs':
      service.resources.defer(() => new Promise(() => {}));
      break;
    case 'hangs-in-start':
      logger.info('hanging');
      // As an open socket would, this keeps the process from ending by itself.
      setInterval(() => {}, 1000);
      await new Promise(() => {});
      break;
    case 'talks':
      for (let i = 0; i < 2000; i++) logger.info({ i }, 'line');
      break;
    case 'talks-and-exits':
      for (let i = 0; i < 2000; i++) logger.info({ i }, 'line');
      process.exit(7);
      break;
    default:
  }
  const listener = await listenOnePort({
    host: config.http.host,
    port: config.http.port,
    httpServer: app.server,
    logger,
  });
  service.resources.defer(() => listener.close(service.remainingDrainMs()));
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  health.markStarted();
  logger.info({ port: listener.port }, 'listening');
});

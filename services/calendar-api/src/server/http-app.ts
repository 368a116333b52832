import type { Scope } from '@daywatch/access';
import { addPrincipals, isStillAdmitted, registerSignIn } from '@daywatch/access/http';
import type { CalendarContext, ChangeWatch } from '@daywatch/calendar';
import { mapCalendarError, registerCalendarRoutes } from '@daywatch/calendar/http';
import { addHealthRoutes, type Health } from '@daywatch/service-kit/health';
import { createHttpServer, type Limiter, type MapError } from '@daywatch/service-kit/listen';
import type { Log } from '@daywatch/service-kit/log';
import { addMetricsRoute, guardMetrics, type Registry } from '@daywatch/service-kit/metrics';
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Access } from '../access.ts';
import type { CalendarApiConfig } from '../config.ts';
import { registerDocs } from '../docs/docs-page.ts';
import { registerOpenApi, type PartDocs } from '../docs/openapi.ts';
import { registerPage } from '../page/register-page.ts';
import type { ApiMetrics } from './api-metrics.ts';
import { forwardMonitor } from './forward-monitor.ts';
import type { Readiness } from './readiness.ts';

/** Adds the HTTP routes of another part of the process. `tools` are what the calendar's own routes are made with. */
export type AddRoutes = (app: FastifyInstance, tools: RouteTools) => void;

export interface RouteTools {
  readonly requirePrincipal: ReturnType<typeof addPrincipals>;
  /** Whether a request that goes on for long would still be let in. */
  readonly isStillAdmitted: (request: FastifyRequest, scope: Scope) => Promise<boolean>;
}

export interface HttpAppOptions {
  readonly config: CalendarApiConfig;
  readonly context: CalendarContext;
  readonly watch: ChangeWatch;
  readonly access: Access;
  readonly readiness: Readiness;
  readonly health: Health;
  readonly limiter: Limiter;
  readonly metrics: ApiMetrics;
  /** What `/metrics` answers beside the calendar's own. */
  readonly registries: readonly Registry[];
  readonly log: Log;
  readonly swaggerUi: string;
  /** The folder of the built web page. */
  readonly page: string;
  readonly addRoutes: AddRoutes;
  readonly mapError: MapError;
  readonly docs?: PartDocs;
}

/** The HTTP side of the process: the API, its documentation, health and metrics. */
export function createHttpApp(options: HttpAppOptions): FastifyInstance {
  const { config, context, access, health, metrics, log, readiness } = options;
  const app = createHttpServer({
    log,
    metrics: metrics.requests,
    limiter: options.limiter,
    allowedHosts: config.http.allowed_hosts,
    maxBodyBytes: config.limits.body,
    requestTimeoutMs: config.limits.request_timeout,
    mapError: (error) => mapCalendarError(error) ?? options.mapError(error),
  });
  registerOpenApi(app, options.docs);
  const requirePrincipal = addPrincipals(app, { authenticator: access.authenticator });
  const requireUser = requirePrincipal('calendar');
  const authorize: onRequestAsyncHookHandler = async function authorize(request, reply) {
    readiness.require();
    return requireUser.call(this, request, reply);
  };
  // The documentation sees the routes that are registered when it is loaded.
  app.register((scope, _, done) => {
    const tools: RouteTools = {
      requirePrincipal,
      isStillAdmitted: (request, wanted) => isStillAdmitted(access.authenticator, request, wanted),
    };
    registerCalendarRoutes(scope, {
      context,
      authorize,
      watch: options.watch,
      isStillAdmitted: (request) => tools.isStillAdmitted(request, 'calendar'),
    });
    options.addRoutes(scope, tools);
    done();
  });
  const { url } = config.monitor;
  if (url !== undefined) forwardMonitor(app, { url, authorize: requirePrincipal('monitor:read') });
  registerSignIn(app, { ...access.context, authenticator: access.authenticator });
  app.get('/hello', { config: { operation: 'Hello', isUnlimited: true } }, async (_, reply) =>
    reply.type('text/plain; charset=utf-8').send('Hello from Daywatch.\n'),
  );
  addHealthRoutes(app, health);
  addHealthRoutes(app, health, { prefix: '/parts/calendar' });
  const guard = config.metrics.public ? {} : { guard: guardMetrics };
  addMetricsRoute(app, [...options.registries, metrics.registry], guard);
  addMetricsRoute(app, [metrics.registry], { ...guard, prefix: '/parts/calendar' });
  registerDocs(app, options.swaggerUi);
  registerPage(app, options.page);
  return app;
}

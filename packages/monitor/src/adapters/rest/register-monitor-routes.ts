import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { BoardFeed } from '../../board/board-feed.ts';
import type { MonitorManager } from '../../monitor-manager.ts';
import { addBoardRoutes } from './routes/board-routes.ts';
import { addCheckRoutes } from './routes/check-routes.ts';
import { addExplorerRoutes } from './routes/explorer-routes.ts';
import { addFeedRoute } from './routes/feed-route.ts';
import { addReadingRoutes } from './routes/reading-routes.ts';
import { addTargetRoutes } from './routes/target-routes.ts';
import { validatorCompiler } from './validate.ts';

/** Who may read the monitor. */
export interface MonitorAdmission {
  /** `requirePrincipal('monitor:read')`, or answers the error. */
  readonly authorize: onRequestAsyncHookHandler;
  /** Whether a request that goes on would still be let in: its token may have been revoked meanwhile. */
  readonly isStillAdmitted: (request: FastifyRequest) => Promise<boolean>;
}

export interface MonitorRouteOptions extends MonitorAdmission {
  readonly manager: MonitorManager;
  readonly feed: BoardFeed;
  readonly now: () => number;
  /** How long a long answer may take to be sent. */
  readonly streamTimeoutMs: number;
  /** Aborted when the process stops: streams that would stay open end. */
  readonly signal: AbortSignal;
}

/**
 * Adds the monitor's part of the HTTP API, `/api/v1/metrics`, `checks`, `targets`, `series` and what is below
 * `/api/v1/monitor`, in a scope of its own. What it throws, the application answers:
 * `createHttpServer({mapError: mapMonitorError})`. GET alone: no HEAD beside it, which the framework would add.
 */
export function registerMonitorRoutes(app: FastifyInstance, options: MonitorRouteOptions): void {
  app.register((instance, _, done) => {
    const scope = instance.withTypeProvider<ZodTypeProvider>();
    scope.addHook('onRequest', options.authorize);
    scope.setValidatorCompiler(validatorCompiler);
    // The schemas of the answers are documentation, which tests hold the answers to.
    scope.setSerializerCompiler(() => JSON.stringify);
    addReadingRoutes(scope, options);
    addCheckRoutes(scope, options);
    addTargetRoutes(scope, options);
    addExplorerRoutes(scope, options);
    addBoardRoutes(scope, options);
    addFeedRoute(scope, options);
    done();
  });
}

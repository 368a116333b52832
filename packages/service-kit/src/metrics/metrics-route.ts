import type { RouteConfig } from '../listen/route-config.ts';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { Registry } from 'prom-client';
import { METRICS_CONTENT_TYPE, metricsText } from './metrics-text.ts';

export interface MetricsRouteOptions {
  /** Where it is mounted: `/parts/calendar`; by default at the root. */
  readonly prefix?: string;
  /** Throws for those who may not read it. */
  readonly guard?: onRequestHookHandler;
  /** Whether HEAD is answered beside GET; by default it is. */
  readonly hasHead?: boolean;
}

/** Adds `/metrics` with the text of all these registries. */
export function addMetricsRoute(
  app: FastifyInstance,
  registries: readonly Registry[],
  options: MetricsRouteOptions = {},
): void {
  const { prefix = '', guard, hasHead = true } = options;
  const config: RouteConfig = { operation: 'Metrics', isUnlimited: true, isRoutine: true };
  app.get(
    `${prefix}/metrics`,
    { config, exposeHeadRoute: hasHead, ...(guard ? { onRequest: guard } : {}) },
    async (_, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(METRICS_CONTENT_TYPE)
        .send(await metricsText(registries)),
  );
}

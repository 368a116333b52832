import type { RouteConfig } from '../listen/route-config.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Health, HealthReport } from './health.ts';

export interface HealthRouteOptions {
  /** Where it is mounted: `/parts/calendar`; by default at the root. */
  readonly prefix?: string;
  /** The HTTP status of `fail`; by default 503. */
  readonly failStatus?: number;
  /** Whether HEAD is answered beside GET; by default it is. */
  readonly hasHead?: boolean;
}

/** Adds `/health/live`, `/health/ready` and `/health`: open to everybody, 200 for pass and warn. */
export function addHealthRoutes(
  app: FastifyInstance,
  health: Health,
  options: HealthRouteOptions = {},
): void {
  const { prefix = '', failStatus = 503, hasHead = true } = options;
  const send = (reply: FastifyReply, report: HealthReport): FastifyReply =>
    reply
      .code(report.status === 'fail' ? failStatus : 200)
      .header('cache-control', 'no-store')
      .send(report);
  const route = (path: string, operation: string, ask: () => HealthReport | Promise<HealthReport>): void => {
    const config: RouteConfig = { operation, isUnlimited: true, isRoutine: true };
    app.get(`${prefix}${path}`, { config, exposeHeadRoute: hasHead }, async (_, reply) =>
      send(reply, await ask()),
    );
  };
  route('/health', 'Health', health.report);
  route('/health/live', 'HealthLive', health.reportLive);
  route('/health/ready', 'HealthReady', health.reportReady);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log/index.ts';
import type { MethodMetrics, RequestMetrics } from '../metrics/index.ts';
import type { RouteConfig } from './route-config.ts';

/** The status of a request whose client went away before the answer began; no client ever sees it. */
const CLIENT_GONE = 499;

/** One access line and one observation for every request, when its answer has ended or its client has gone. */
export function observeRequests(app: FastifyInstance, log: Log, metrics: RequestMetrics): void {
  const unknown = metrics.method('http', 'unknown');
  const byConfig = new WeakMap<object, MethodMetrics>();
  const countsOf = (request: FastifyRequest): MethodMetrics => {
    if (request.is404) return unknown;
    const config: RouteConfig = request.routeOptions.config;
    let counts = byConfig.get(config);
    if (!counts) {
      counts = metrics.method('http', config.operation ?? 'other');
      byConfig.set(config, counts);
    }
    return counts;
  };
  app.addHook('onRequest', (request, reply, done) => {
    const begunMs = performance.now();
    const counts = countsOf(request);
    counts.begin();
    reply.raw.once('close', () => {
      const latencyMs = performance.now() - begunMs;
      const status = statusOf(reply);
      counts.end(status, latencyMs);
      const { isRoutine = false }: RouteConfig = request.routeOptions.config;
      log.access({
        level: isRoutine && status < 400 ? 'debug' : 'info',
        clientAddress: request.ip,
        method: request.method,
        path: request.url,
        protocol: `HTTP/${request.raw.httpVersion}`,
        status,
        latencyMs,
        userAgent: request.headers['user-agent'],
        requestId: request.id,
      });
    });
    done();
  });
}

function statusOf(reply: FastifyReply): number {
  return reply.raw.headersSent ? reply.raw.statusCode : CLIENT_GONE;
}

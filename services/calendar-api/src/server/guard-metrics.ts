import { isLoopbackHost } from '@daywatch/access';
import { httpError } from '@daywatch/service-kit/listen';
import type { onRequestHookHandler } from 'fastify';

/**
 * Lets those read the metrics who ask from this machine. What comes through a proxy comes from somewhere
 * else, whatever the address of the proxy.
 */
export const guardMetrics: onRequestHookHandler = (request, _reply, done) => {
  const { headers, socket } = request.raw;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
  if (!isForwarded && isLoopbackHost(socket.remoteAddress ?? '')) return done();
  return done(
    httpError('forbidden', 'metrics are open to this machine alone; metrics.public: true opens them to all'),
  );
};

import type { onRequestHookHandler } from 'fastify';
import { BlockList, isIPv6 } from 'node:net';
import { httpError } from '../listen/http-error.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Lets those read the metrics who ask from this machine. What comes through a proxy comes from somewhere
 * else, whatever the address of the proxy.
 */
export const guardMetrics: onRequestHookHandler = (request, _reply, done) => {
  const { headers, socket } = request.raw;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
  if (!isForwarded && isLoopback(socket.remoteAddress ?? '')) return done();
  return done(
    httpError('forbidden', 'metrics are open to this machine alone; metrics.public: true opens them to all'),
  );
};

/** An IPv4 address that came over an IPv6 socket (`::ffff:127.0.0.1`) counts as what it is. */
function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

import { isIPv6 } from 'node:net';
import type { Socket } from 'node:net';
import type { Logger } from '../log/index.ts';

export interface ConnectionLimits {
  /** So many connections at once in all. */
  readonly maxConnections: number;
  /** So many of them from one address; of IPv6, from one /64 network, which is what one client is given. */
  readonly maxConnectionsPerAddress: number;
}

/** The open connections of a port. */
export interface Connections {
  /** Counts the socket until it closes; false when that would be too many. */
  readonly admit: (socket: Socket) => boolean;
  readonly count: () => number;
  readonly destroyAll: () => void;
}

/** A flood of refused connections must not become a flood of log lines. */
const WARN_EVERY_MS = 10_000;

export function trackConnections(limits: ConnectionLimits, logger: Logger): Connections {
  const sockets = new Set<Socket>();
  const byAddress = new Map<string, number>();
  let refused = 0;
  let warnAtMs = 0;

  const refuse = (reason: string): false => {
    refused++;
    if (performance.now() >= warnAtMs) {
      logger.warn({ refused_connections: refused }, `a connection was refused: ${reason}`);
      warnAtMs = performance.now() + WARN_EVERY_MS;
      refused = 0;
    }
    return false;
  };
  return {
    admit: (socket) => {
      const address = groupAddress(socket.remoteAddress ?? '');
      const fromAddress = byAddress.get(address) ?? 0;
      if (sockets.size >= limits.maxConnections) {
        return refuse(`${sockets.size} are open; limits.connections allows no more`);
      }
      if (fromAddress >= limits.maxConnectionsPerAddress) {
        return refuse(`${address} has ${fromAddress} open; limits.connections_per_address allows no more`);
      }
      sockets.add(socket);
      byAddress.set(address, fromAddress + 1);
      socket.once('close', () => {
        sockets.delete(socket);
        const left = (byAddress.get(address) ?? 1) - 1;
        if (left === 0) byAddress.delete(address);
        else byAddress.set(address, left);
      });
      return true;
    },
    count: () => sockets.size,
    destroyAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One client: an IPv4 address, also where it comes as IPv6, or an IPv6 /64 network. */
export function groupAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::')
    ? Array.from({ length: 8 - left.length - right.length }, () => '0')
    : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

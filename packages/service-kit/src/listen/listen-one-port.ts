import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Logger } from '../log/index.ts';
import { trackConnections } from './connection-limits.ts';
import type { ConnectionLimits, Connections } from './connection-limits.ts';
import { drainHttp } from './drain-http.ts';
import type { HttpDrain } from './drain-http.ts';
import { ListenError } from './listen-error.ts';
import { sniffProtocol } from './sniff-protocol.ts';

/** What `createConnectionInjector` of a grpc-js server gives. */
export interface GrpcInjector {
  readonly injectConnection: (socket: Socket) => void;
  /** Sends GOAWAY on every connection; what is not done after `graceMs` is cut off. */
  readonly drain: (graceMs: number) => void;
  readonly destroy: () => void;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Serves HTTP/1.1, and does not listen by itself: `app.server` of a Fastify instance that is ready. */
  readonly httpServer: HttpServer;
  /** Serves HTTP/2 connections; without it they are refused as bad HTTP/1.1. */
  readonly grpc?: GrpcInjector;
  readonly limits?: Partial<ConnectionLimits>;
  /** A client that has not sent its first bytes by then is cut off; by default 5 s. */
  readonly firstBytesMs?: number;
  readonly logger: Logger;
}

export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly connections: () => number;
  /**
   * Accepts no more connections, lets requests in flight finish, and cuts off what is left after `drainMs`.
   * Every request that a handler has begun gets its answer, or is cut off at the deadline.
   */
  readonly close: (drainMs: number) => Promise<void>;
}

const DEFAULT_LIMITS: ConnectionLimits = { maxConnections: 10_000, maxConnectionsPerAddress: 2000 };

/**
 * Opens one TCP port for gRPC (HTTP/2 with prior knowledge) and HTTP/1.1: the first bytes of a connection tell
 * which. Node cannot do that by itself.
 * @throws ListenError when the port cannot be opened.
 */
export async function listenOnePort(options: ListenOptions): Promise<Listener> {
  const { host, port, httpServer, grpc, logger, firstBytesMs = 5000 } = options;
  const connections = trackConnections({ ...DEFAULT_LIMITS, ...options.limits }, logger);
  const undecided = new Set<Socket>();
  const httpDrain = drainHttp(httpServer);
  // A server that does not listen has not begun to watch for slow clients; this event is what starts it.
  httpServer.emit('listening');

  const server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {
      // A client that goes away is no news; 'close' follows and cleans up.
    });
    if (!connections.admit(socket)) return socket.resetAndDestroy();
    undecided.add(socket);
    socket.once('close', () => undecided.delete(socket));
    sniffProtocol(socket, firstBytesMs, (protocol) => {
      undecided.delete(socket);
      if (protocol === 'http2' && grpc) {
        socket.allowHalfOpen = false;
        grpc.injectConnection(socket);
      } else {
        httpServer.emit('connection', socket);
        socket.resume();
      }
    });
    return undefined;
  });
  const { address, port: boundPort } = await open(server, host, port);
  server.on('error', (error) => logger.error({ err: error }, 'a connection cannot be accepted'));
  return {
    address,
    port: boundPort,
    connections: connections.count,
    close: async (drainMs) => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      // Nothing was asked on these yet.
      for (const socket of undecided) socket.destroy();
      await drain({ drainMs, closed, connections, httpDrain, grpc, logger });
    },
  };
}

interface DrainOptions {
  readonly drainMs: number;
  /** Settles when no connection is left. */
  readonly closed: Promise<unknown>;
  readonly connections: Connections;
  readonly httpDrain: HttpDrain;
  readonly grpc: GrpcInjector | undefined;
  readonly logger: Logger;
}

async function drain(options: DrainOptions): Promise<void> {
  const { drainMs, closed, connections, httpDrain, grpc, logger } = options;
  httpDrain.begin();
  grpc?.drain(drainMs);
  const timer = setTimeout(() => {
    if (connections.count() > 0) {
      logger.warn(`${connections.count()} connections were not done after ${drainMs} ms and are cut off`);
    }
    connections.destroyAll();
  }, drainMs);
  await closed;
  clearTimeout(timer);
  httpDrain.end();
  grpc?.destroy();
}

function open(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(ListenError.from(error, host, port));
    server.once('error', onError);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', onError);
      resolve(server.address() as AddressInfo);
    });
  });
}

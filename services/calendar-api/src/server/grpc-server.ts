import { readCallCredentials } from '@daywatch/access/grpc';
import type { CalendarContext } from '@daywatch/calendar';
import { createCalendarGrpc, type CalendarGrpc } from '@daywatch/calendar/grpc';
import { type GrpcInjector, type Limiter } from '@daywatch/service-kit/listen';
import type { Log } from '@daywatch/service-kit/log';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { Access } from '../access.ts';
import type { CalendarApiConfig } from '../config.ts';
import type { ApiMetrics } from './api-metrics.ts';
import type { Readiness } from './readiness.ts';

export interface GrpcServerOptions {
  readonly config: CalendarApiConfig;
  readonly context: CalendarContext;
  readonly access: Access;
  readonly readiness: Readiness;
  readonly limiter: Limiter;
  readonly metrics: ApiMetrics;
  readonly log: Log;
}

/** So many calls of one connection are taken at once: a thousand at a time must pass. */
const MAX_STREAMS = 2000;

/** The gRPC side of the process: what the one port hands HTTP/2 connections to, and its health. */
export function createGrpcServer(options: GrpcServerOptions): {
  readonly injector: GrpcInjector;
  readonly calendar: CalendarGrpc;
} {
  const { config, context, access, readiness, limiter, metrics, log } = options;
  const { authenticator } = access;
  const calendar = createCalendarGrpc({
    context,
    authenticate: (metadata, peer, signal) => {
      readiness.require();
      const credentials = readCallCredentials(metadata, peer);
      return authenticator.authenticateNow(credentials) ?? authenticator.authenticate(credentials, signal);
    },
    limiter,
    writeAccess: log.access,
    metrics: metrics.requests,
    log: log.logger,
    limits: {
      maxMessageBytes: config.limits.body,
      deadlineMs: config.limits.request_timeout,
      maxConcurrentStreams: MAX_STREAMS,
    },
    newRequestId: randomUUID,
    monotonicMs: () => performance.now(),
  });
  const server = new Server(calendar.serverOptions);
  calendar.addTo(server);
  return { injector: server.createConnectionInjector(ServerCredentials.createInsecure()), calendar };
}

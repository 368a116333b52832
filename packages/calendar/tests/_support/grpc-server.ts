import { createWebhookSecret } from '@daywatch/delivery/webhook';
import { ErrUnauthenticated, type Principal } from '@daywatch/access';
import { createLimiter, type Limiter } from '@daywatch/service-kit/listen';
import { createRegistry, createRequestMetrics, metricsText } from '@daywatch/service-kit/metrics';
import { Server, ServerCredentials, type Metadata } from '@grpc/grpc-js';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  createCalendarGrpc,
  type CalendarGrpc,
  type CalendarGrpcOptions,
} from '../../src/adapters/grpc/index.ts';
import { createMemoryStores } from '../../src/adapters/memory/index.ts';
import { makeUuidV7, toInstant, UTC, type CalendarContext } from '../../src/index.ts';

type AccessLine = Parameters<CalendarGrpcOptions['writeAccess']>[0];

export interface TestServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly grpc: CalendarGrpc;
  readonly server: Server;
  readonly limiter: Limiter;
  readonly accessLines: readonly AccessLine[];
  readonly logged: readonly object[];
  readonly metrics: () => Promise<string>;
}

/** Who may call: `Bearer <user>` stands for a token of that user, `Bearer <user>:monitor` for one that reads the monitor. */
function authenticateTestToken(metadata: Metadata): Principal {
  const match = /^Bearer ([a-z0-9]+)(:monitor)?$/.exec(metadata.get('authorization').join());
  if (!match) throw new ErrUnauthenticated('a credential is missing');
  return {
    userId: match[1] as Principal['userId'],
    scopes: [match[2] ? 'monitor:read' : 'calendar'],
    credential: { kind: 'token', name: 'test' },
  };
}

/** A gRPC server of the calendar on the memory store, on a free port of 127.0.0.1. */
export async function startTestServer(
  overrides: Partial<CalendarGrpcOptions> & {
    readonly wrapContext?: (context: CalendarContext) => CalendarContext;
  } = {},
): Promise<TestServer> {
  const accessLines: AccessLine[] = [];
  const logged: object[] = [];
  const registry = createRegistry();
  const limiter = createLimiter({ maxRunning: 100, maxWaiting: 2_000 });
  const context = createTestContext();
  const grpc = createCalendarGrpc({
    context: overrides.wrapContext?.(context) ?? context,
    authenticate: authenticateTestToken,
    limiter,
    writeAccess: (line) => accessLines.push(line),
    metrics: createRequestMetrics(registry),
    log: { error: (fields) => logged.push(fields), warn: (fields) => logged.push(fields) },
    newRequestId: randomUUID,
    monotonicMs: () => performance.now(),
    ...overrides,
  });
  const server = new Server(grpc.serverOptions);
  grpc.addTo(server);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
    error ? reject(error) : resolve(port),
  );
  const port = await promise;
  grpc.setServing(true);
  return {
    address: `127.0.0.1:${port}`,
    port,
    grpc,
    server,
    limiter,
    accessLines,
    logged,
    metrics: () => metricsText([registry]),
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}

export function createTestContext(): CalendarContext {
  const stores = createMemoryStores();
  return {
    ...stores,
    now: () => toInstant(Date.now()),
    newId: () => makeUuidV7(Date.now(), randomBytes(10)),
    newWebhookSecret: () => createWebhookSecret(randomBytes(32)),
    defaultTimeZone: UTC,
  };
}

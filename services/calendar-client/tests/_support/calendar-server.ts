import { ErrForbidden, ErrUnauthenticated, type Principal } from '@daywatch/access';
import { makeUuidV7, toInstant, type CalendarContext } from '@daywatch/calendar';
import { createCalendarGrpc } from '@daywatch/calendar/grpc';
import { createMemoryStores } from '@daywatch/calendar/memory';
import { createLimiter } from '@daywatch/service-kit/listen';
import { createRegistry, createRequestMetrics } from '@daywatch/service-kit/metrics';
import { Server, ServerCredentials, type Metadata } from '@grpc/grpc-js';
import { randomBytes, randomUUID } from 'node:crypto';

export interface CalendarServer extends AsyncDisposable {
  readonly address: string;
  /** What the tests may look at, or change behind the client's back. */
  readonly context: CalendarContext;
}

export interface CalendarServerOptions {
  readonly credentials?: ServerCredentials;
  /** What the use cases are given in place of the plain context. */
  readonly wrap?: (context: CalendarContext) => CalendarContext;
}

/** The calendar's own gRPC adapter over the memory store, on a free port of 127.0.0.1. */
export async function startCalendarServer(options: CalendarServerOptions = {}): Promise<CalendarServer> {
  const { credentials = ServerCredentials.createInsecure(), wrap = (context) => context } = options;
  const context: CalendarContext = {
    ...createMemoryStores(),
    now: () => toInstant(Date.now()),
    newId: () => makeUuidV7(Date.now(), randomBytes(10)),
    newWebhookSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
    defaultTimeZone: 'Europe/Berlin' as CalendarContext['defaultTimeZone'],
  };
  const grpc = createCalendarGrpc({
    context: wrap(context),
    authenticate,
    limiter: createLimiter({ maxRunning: 100, maxWaiting: 1_000 }),
    writeAccess: () => undefined,
    metrics: createRequestMetrics(createRegistry()),
    log: { error: () => undefined, warn: () => undefined },
    newRequestId: randomUUID,
    monotonicMs: () => performance.now(),
  });
  const server = new Server(grpc.serverOptions);
  grpc.addTo(server);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port)));
  const port = await promise;
  return {
    address: `127.0.0.1:${port}`,
    context,
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}

/** `token-<user>` is a token of that user, `monitor-<user>` one that may not see the calendar. */
function authenticate(metadata: Metadata): Principal {
  const [, kind, user] =
    /^Bearer (token|monitor)-([a-z0-9]+)$/.exec(metadata.get('authorization').join()) ?? [];
  if (!user) throw new ErrUnauthenticated('the credential is not valid');
  if (kind === 'monitor') throw new ErrForbidden('calendar');
  return {
    userId: user as Principal['userId'],
    scopes: ['calendar'],
    credential: { kind: 'token', name: 'test' },
  };
}

import { createWebhookSecret } from '@daywatch/delivery/webhook';
import {
  cacheSessions,
  cacheTokens,
  checkAuthConfig,
  createAuthenticator,
  createToken,
  hashSecret,
  type Scope,
} from '@daywatch/access';
import { addPrincipals, isStillAdmitted } from '@daywatch/access/http';
import { createMemoryAccess } from '@daywatch/access/memory';
import { createHttpServer, createLimiter, listenOnePort } from '@daywatch/service-kit/listen';
import { silentLog } from '@daywatch/service-kit/log';
import { createRegistry, createRequestMetrics } from '@daywatch/service-kit/metrics';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { mapCalendarError, registerCalendarRoutes } from '../../src/adapters/http/index.ts';
import { createMemoryStores } from '../../src/adapters/memory/index.ts';
import { ChangeWatch, makeUuidV7, toInstant, UTC, type CalendarContext } from '../../src/index.ts';

export interface TestHttpServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  readonly port: number;
  /** Makes a token. */
  readonly tokenOf: (user: string, scopes?: readonly Scope[]) => Promise<string>;
  /** Sends a request as alice, with a JSON body where there is one. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  readonly context: CalendarContext;
  readonly watch: ChangeWatch;
  /** Revokes a token of a user. */
  readonly revoke: (token: string) => Promise<unknown>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at it with expect.
  readonly body: any;
}

/** The HTTP API of the calendar on the memory store, on a free port of 127.0.0.1. */
export async function startHttpServer(
  overrides: Partial<CalendarContext> = {},
  maxBodyBytes = 1 << 20,
): Promise<TestHttpServer> {
  const clock = { now: () => Date.now() };
  const random = (size: number) => randomBytes(size);
  const stores = createMemoryAccess();
  const tokens = cacheTokens(stores.tokens, { clock });
  const sessions = cacheSessions(stores.sessions, { clock });
  const policy = checkAuthConfig({
    mode: 'token',
    host: '127.0.0.1',
    gateways: [],
    isMonitorReadApi: false,
    allowNoneOnNetwork: false,
  });
  const authenticator = createAuthenticator({ policy, tokens, sessions, clock });
  const calendarStores = createMemoryStores();
  const context: CalendarContext = {
    ...calendarStores,
    now: () => toInstant(Date.now()),
    newId: () => makeUuidV7(Date.now(), randomBytes(10)),
    newWebhookSecret: () => createWebhookSecret(randomBytes(32)),
    defaultTimeZone: UTC,
    ...overrides,
  };
  const app = createHttpServer({
    log: silentLog(),
    metrics: createRequestMetrics(createRegistry()),
    limiter: createLimiter({ maxRunning: 64, maxWaiting: 1024 }),
    allowedHosts: [],
    maxBodyBytes,
    requestTimeoutMs: 10_000,
    mapError: mapCalendarError,
  });
  const requirePrincipal = addPrincipals(app, { authenticator });
  const watch = new ChangeWatch({
    log: calendarStores.changes,
    now: () => toInstant(Date.now()),
    maxWatchers: 3,
    maxPerUser: 2,
    pollMs: 5,
  });
  registerCalendarRoutes(app, {
    context,
    authorize: requirePrincipal('calendar'),
    watch,
    isStillAdmitted: (request) => isStillAdmitted(authenticator, request, 'calendar'),
    aliveMs: 20,
  });
  await app.ready();
  const listener = await listenOnePort({
    host: '127.0.0.1',
    port: 0,
    httpServer: app.server,
    logger: silentLog().logger,
  });
  const origin = `http://127.0.0.1:${listener.port}`;
  const tokenOf = async (user: string, scopes: readonly Scope[] = ['calendar']) => {
    const name = `t${randomBytes(6).toString('hex')}`;
    return (await createToken({ tokens, clock, random }, { name, userId: user, scopes })).secret.reveal();
  };
  const token = await tokenOf('alice');
  return {
    app,
    origin,
    port: listener.port,
    tokenOf,
    context,
    async call(method, path, body, headers) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text !== '' ? JSON.parse(text) : undefined,
      };
    },
    watch,
    revoke: async (text) => {
      const stored = await tokens.findByHash(hashSecret(text));
      return stored && tokens.revoke(stored.token.id, clock.now());
    },
    async [Symbol.asyncDispose]() {
      watch.stop();
      await listener.close(1000);
      await app.close();
    },
  };
}

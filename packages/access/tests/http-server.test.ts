import { createHttpServer, createLimiter } from '@daywatch/service-kit/listen';
import { silentLog } from '@daywatch/service-kit/log';
import { createRegistry, createRequestMetrics, metricsText } from '@daywatch/service-kit/metrics';
import { DatabaseUnavailableError } from '@daywatch/service-kit/postgres';
import { expect, it, vi } from 'vitest';

import { addPrincipals, registerSignIn } from '../src/adapters/http/index.ts';
import { createMemoryAccess } from '../src/adapters/memory/index.ts';
import { createAuthenticator, createSignInCode, createToken } from '../src/index.ts';
import { createTestContext } from './support.ts';

const host = { host: 'localhost:8888' };

function setUp() {
  const registry = createRegistry();
  const app = createHttpServer({
    log: silentLog(),
    metrics: createRequestMetrics(registry),
    limiter: createLimiter({ maxRunning: 10, maxWaiting: 10 }),
    allowedHosts: [],
    maxBodyBytes: 1000,
    requestTimeoutMs: 10_000,
  });
  const stores = createMemoryAccess();
  const context = createTestContext(stores);
  const authenticator = createAuthenticator({ ...context, policy: { mode: 'token' } });
  const requirePrincipal = addPrincipals(app, { authenticator });
  app.get('/who', { onRequest: requirePrincipal('calendar') }, async (request) => request.principal);
  registerSignIn(app, { ...context, authenticator });
  return { app, context, stores, registry };
}

it('should guard routes of the server that all services share', async () => {
  const { app, context } = setUp();
  const { secret } = await createToken(context, { name: 'x', userId: 'ann', scopes: ['calendar'] });

  const taken = await app.inject({
    url: '/who',
    headers: { ...host, authorization: `Bearer ${secret.reveal()}` },
  });
  const refused = await app.inject({ url: '/who', headers: host });
  await app.close();

  expect(taken.json()).toMatchObject({ userId: 'ann' });
  expect(refused.statusCode).toBe(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer realm="daywatch"');
  expect(refused.headers['x-request-id']).toBeDefined();
  expect(Object.keys(refused.json<object>())).toEqual(['code', 'error', 'message', 'details']);
});

it('should answer 503 when the database cannot be asked', async () => {
  const { app, stores } = setUp();
  vi.spyOn(stores.tokens, 'findByHash').mockRejectedValue(
    new DatabaseUnavailableError('unreachable', 'it is away'),
  );

  const response = await app.inject({
    url: '/who',
    headers: { ...host, authorization: `Bearer ${'a'.repeat(64)}` },
  });
  await app.close();

  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ error: 'unavailable' });
});

it('should count signing in and out under names of their own', async () => {
  const { app, context, registry } = setUp();
  const code = await createSignInCode(context, { userId: 'ann' });

  const signedIn = await app.inject({ url: `/sign-in?code=${code.reveal()}`, headers: host });
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
  const signedOut = await app.inject({
    method: 'POST',
    url: '/sign-out',
    headers: { ...host, cookie, origin: 'http://localhost:8888' },
  });
  const text = await metricsText([registry]);
  await app.close();

  expect([signedIn.statusCode, signedOut.statusCode]).toEqual([303, 204]);
  expect(text).toMatch(/SignIn/);
  expect(text).toMatch(/SignOut/);
  expect(text).not.toContain(code.reveal());
});

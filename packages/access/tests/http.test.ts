import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { addPrincipals, registerSignIn } from '../src/adapters/http/index.ts';
import { createMemoryAccess } from '../src/adapters/memory/index.ts';
import {
  createAuthenticator,
  createSignInCode,
  createToken,
  revokeToken,
  type AccessStores,
  type Authenticator,
} from '../src/index.ts';
import { createTestContext } from './support.ts';

let app: FastifyInstance;
let stores: AccessStores;
let context: ReturnType<typeof createTestContext>;
let base: string;
let port: number;
let token: string;
let authenticator: Authenticator;

beforeEach(async () => {
  stores = createMemoryAccess();
  context = createTestContext(stores);
  authenticator = createAuthenticator({ ...context, policy: { mode: 'token' } });
  app = Fastify();
  const requirePrincipal = addPrincipals(app, { authenticator });
  const guarded = { onRequest: requirePrincipal('calendar') };
  app.get('/who', guarded, async (request) => request.principal);
  app.post('/change', guarded, async (request) => request.principal);
  app.get('/metrics-read', { onRequest: requirePrincipal('monitor:read') }, async () => 'read');
  app.get('/open', async (request) => ({ principal: request.principal }));
  registerSignIn(app, { ...context, authenticator });
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.server.address() as AddressInfo);
  const created = await createToken(context, { name: 'laptop', userId: 'ann', scopes: ['calendar'] });
  token = created.secret.reveal();
});
afterEach(() => app.close());

describe('a guarded route', () => {
  it('should know who asks by the token', async () => {
    const response = await fetch(`${base}/who`, { headers: { authorization: `Bearer ${token}` } });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      userId: 'ann',
      credential: { kind: 'token', name: 'laptop' },
    });
  });

  it('should answer 401 with a challenge and the shape of all errors', async () => {
    const response = await fetch(`${base}/who`);

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="daywatch"');
    expect(await response.json()).toEqual({
      code: 401,
      error: 'unauthenticated',
      message: expect.stringContaining('a credential is missing') as string,
      details: [],
    });
  });

  it('should answer 403 that names the missing scope', async () => {
    const response = await fetch(`${base}/metrics-read`, { headers: { authorization: `Bearer ${token}` } });

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 403,
      error: 'forbidden',
      message: "the credential 'laptop' lacks the scope 'monitor:read'; it has calendar",
    });
  });

  it('should refuse two Authorization headers, although Node shows one', async () => {
    const head = await sendRaw(
      `GET /who HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nAUTHORIZATION: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );

    expect(head).toMatch(/^HTTP\/1\.1 401 /);
    expect(head).toContain('given more than once');
  });

  it.each(['/who?access_token=', '/who?token=', '/who?code='])(
    'should take no credential from %s',
    async (path) => {
      const response = await fetch(`${base}${path}${token}`);

      expect(response.status).toBe(401);
    },
  );

  it('should never repeat a credential in an answer', async () => {
    const wrong = `${token.slice(0, -2)}xx`;
    const response = await fetch(`${base}/who`, { headers: { authorization: `Bearer ${wrong}` } });

    expect(await response.text()).not.toContain(wrong.slice(3, 20));
  });

  it('should pass on that the database cannot be asked, not call it a bad token', async () => {
    vi.spyOn(stores.tokens, 'findByHash').mockRejectedValue(new Error('no database'));

    const response = await fetch(`${base}/who`, { headers: { authorization: `Bearer ${token}` } });

    expect(response.status).toBe(500);
  });

  it('should leave open routes without a principal', async () => {
    const response = await fetch(`${base}/open`, { headers: { authorization: `Bearer ${token}` } });

    expect(await response.json()).toEqual({ principal: null });
  });
});

describe('signing in with a browser', () => {
  it('should set a cookie, go on to the page, and know the browser from then on', async () => {
    const { response, cookie } = await signIn('/week/2026-03-01?view=week');
    const who = await fetch(`${base}/who`, { headers: { cookie } });

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/week/2026-03-01?view=week');
    expect(response.headers.get('set-cookie')).toMatch(
      /^daywatch_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await who.json()).toMatchObject({ userId: 'ann', credential: { kind: 'session' } });
  });

  it('should show a page, and set no cookie, for a code that was used', async () => {
    const code = await createSignInCode(context, { userId: 'ann' });
    const url = `${base}/sign-in?code=${code.reveal()}`;
    await fetch(url, { redirect: 'manual' });

    const again = await fetch(url, { redirect: 'manual' });

    expect(again.status).toBe(410);
    expect(again.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(again.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.text()).toContain('A sign-in link works once');
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '%2F%2Fevil.example'])(
    'should refuse to go on to %s, and keep the code usable',
    async (next) => {
      const code = await createSignInCode(context, { userId: 'ann' });
      const url = `${base}/sign-in?code=${code.reveal()}`;

      const refused = await fetch(`${url}&next=${next}`, { redirect: 'manual' });
      const taken = await fetch(url, { redirect: 'manual' });

      expect(refused.status).toBe(400);
      expect(refused.headers.get('location')).toBeNull();
      expect(taken.status).toBe(303);
    },
  );

  it('should not use up a code when a program only looks at the link', async () => {
    const code = await createSignInCode(context, { userId: 'ann' });
    const url = `${base}/sign-in?code=${code.reveal()}`;

    const looks = await Promise.all([
      fetch(url, { method: 'HEAD' }),
      fetch(url, { headers: { 'sec-purpose': 'prefetch;prerender' } }),
    ]);
    const taken = await fetch(url, { redirect: 'manual' });

    expect(looks.map(({ status }) => status)).toEqual([404, 410]);
    expect(taken.status).toBe(303);
  });

  it.each([
    '/sign-in',
    '/sign-in?code=',
    '/sign-in?code=a&code=b',
    '/sign-in?code=%00',
    `/sign-in?code=${'a'.repeat(43)}`,
  ])('should refuse %s', async (path) => {
    const response = await fetch(base + path, { redirect: 'manual' });

    expect(response.status).toBe(410);
  });

  it('should mark the cookie as secure where the browser comes over HTTPS', async () => {
    const secure = Fastify();
    registerSignIn(secure, { ...context, authenticator, isSecure: () => true });
    const code = await createSignInCode(context, { userId: 'ann' });

    const response = await secure.inject(`/sign-in?code=${code.reveal()}`);
    await secure.close();

    expect(response.headers['set-cookie']).toMatch(/; Secure$/);
  });
});

describe('a signed-in browser', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'OWN' }, 200],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{}, 403],
  ])('should change something with %j: %i', async (given, status) => {
    const { cookie } = await signIn();
    const headers = Object.entries({ ...given, cookie }).map(([name, value]): [string, string] => [
      name,
      value === 'OWN' ? base : value,
    ]);

    const answer = await sendRaw(
      `POST /change HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\nConnection: close\r\n` +
        `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('should not be asked for its origin where a token is given', async () => {
    const response = await fetch(`${base}/change`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });

    expect(response.status).toBe(200);
  });

  it('should be signed out, and its cookie removed', async () => {
    const { cookie } = await signIn();
    await fetch(`${base}/who`, { headers: { cookie } });

    const out = await fetch(`${base}/sign-out`, { method: 'POST', headers: { cookie, origin: base } });
    const who = await fetch(`${base}/who`, { headers: { cookie } });

    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^daywatch_session=; Path=\/; Max-Age=0; /);
    expect(who.status).toBe(401);
  });

  it('should not be signed out by a foreign page', async () => {
    const { cookie } = await signIn();

    const out = await fetch(`${base}/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
    });
    const who = await fetch(`${base}/who`, { headers: { cookie } });

    expect(out.status).toBe(403);
    expect(who.status).toBe(200);
  });
});

async function signIn(next = '/'): Promise<{ response: Response; cookie: string }> {
  const code = await createSignInCode(context, { userId: 'ann' });
  const url = `${base}/sign-in?code=${code.reveal()}&next=${encodeURIComponent(next)}`;
  const response = await fetch(url, { redirect: 'manual' });
  return { response, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** Sends exactly these bytes: fetch neither repeats a header nor lets `Host` and `Sec-Fetch-Site` be chosen. */
async function sendRaw(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(request);
  return text(socket);
}

describe('POST /sign-in', () => {
  const ours = { 'sec-fetch-site': 'same-origin' };

  it('should begin a session that may do what the token may', async () => {
    const answer = await signIn({ ...ours, authorization: `Bearer ${token}` });
    const cookie = answer.headers.get('set-cookie') ?? '';
    const who = await fetch(`${base}/who`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    const metrics = await fetch(`${base}/metrics-read`, { headers: { cookie: cookie.split(';')[0] ?? '' } });

    expect(answer.status).toBe(204);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(cookie).toMatch(/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    expect(await who.json()).toMatchObject({ userId: 'ann', credential: { kind: 'session' } });
    expect(metrics.status).toBe(403);
  });

  it('should begin no session that outlasts the token', async () => {
    const expiresAtMs = context.clock.now() + 60_000;
    const scopes = ['calendar'];
    const { secret } = await createToken(context, { name: 'x', userId: 'ann', scopes, expiresInMs: 60_000 });
    const answer = await signIn({ ...ours, authorization: `Bearer ${secret.reveal()}` });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    context.clock.nowMs = expiresAtMs;

    expect(answer.headers.get('set-cookie')).toContain('Max-Age=60;');
    expect((await fetch(`${base}/who`, { headers: { cookie } })).status).toBe(401);
  });

  it.each([
    ['without a token', ours, 401],
    ['with a wrong token', { ...ours, authorization: 'Bearer nonsense' }, 401],
    ['from another page', { 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' }, 403],
  ])('should refuse a browser %s, and set no cookie', async (_, headers, status) => {
    const answer = await signIn(headers);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('should end with the token that it began with', async () => {
    const answer = await signIn({ ...ours, authorization: `Bearer ${token}` });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const who = () => fetch(`${base}/who`, { headers: { cookie } });
    expect((await who()).status).toBe(200);

    await revokeToken(context, { nameOrId: 'laptop' });

    expect((await who()).status).toBe(401);
  });

  it('should not take a session for a token', async () => {
    const { headers } = await signIn({ ...ours, authorization: `Bearer ${token}` });
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';

    expect((await signIn({ ...ours, cookie })).status).toBe(401);
  });

  function signIn(headers: Readonly<Record<string, string>>): Promise<Response> {
    return fetch(`${base}/sign-in`, { method: 'POST', headers });
  }
});

import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { parseIpNetwork } from '@daywatch/ip-network';
import { createMemoryAccess } from '../adapters/memory/index.ts';
import { createTestContext, failureOf } from '../../tests/support.ts';
import { ErrForbidden, ErrUnauthenticated } from '../errors.ts';
import { createSignInCode, redeemSignInCode, SESSION_LIFETIME_MS, signOut } from '../session/sign-in.ts';
import { cacheTokens, TOKEN_CACHE_TTL_MS } from '../token/cached-token-store.ts';
import { createToken } from '../token/create-token.ts';
import { revokeToken } from '../token/revoke-token.ts';
import { makeTokenText } from '../token/token-secret.ts';
import type { AuthPolicy } from './auth-config.ts';
import { createAuthenticator } from './authenticator.ts';
import { requireScope } from './principal.ts';

const REMOTE = { remoteAddress: '127.0.0.1' };

function setUp(policy: AuthPolicy = { mode: 'token' }) {
  const stores = createMemoryAccess();
  const context = createTestContext(stores);
  const authenticator = createAuthenticator({ ...context, policy });
  const withToken = (token: string) =>
    authenticator.authenticate({ ...REMOTE, authorization: `Bearer ${token}` });
  const make = async (userId = 'ann', expiresInMs: number | null = null) => {
    const created = await createToken(context, { name: 'laptop', userId, scopes: ['calendar'], expiresInMs });
    return { ...created, text: created.secret.reveal() };
  };
  return { stores, context, authenticator, withToken, make };
}

describe('token mode', () => {
  it('should answer whose token it is', async () => {
    const { withToken, make } = setUp();
    const { text } = await make();

    expect(await withToken(text)).toEqual({
      userId: 'ann',
      scopes: ['calendar'],
      credential: { kind: 'token', name: 'laptop', tokenId: expect.stringMatching(/^tok_/) },
    });
  });

  it('should answer a known token without waiting, and leave an unknown one to the store', async () => {
    const { authenticator, withToken, make } = setUp();
    const { text } = await make();
    const credentials = { ...REMOTE, authorization: `bearer ${text}` };

    expect(authenticator.authenticateNow(credentials)).toBeUndefined();
    await withToken(text);

    expect(authenticator.authenticateNow(credentials)?.userId).toBe('ann');
  });

  it.each([
    ['nothing', {}, /a credential is missing/],
    ['an empty header', { authorization: '' }, /another form than 'Bearer <token>'/],
    ['another scheme', { authorization: 'Basic YW5uOnNlY3JldA==' }, /another form/],
    ['a scheme alone', { authorization: 'Bearer ' }, /another form/],
    ['two words', { authorization: 'Bearer a b' }, /another form/],
    ['characters beyond ASCII', { authorization: 'Bearer tökén' }, /another form/],
    ['a control character', { authorization: 'Bearer a\u0000' }, /another form/],
    ['a list in one header', { authorization: 'Bearer a, Bearer b' }, /another form/],
    ['a header that is too long', { authorization: `Bearer ${'a'.repeat(300)}` }, /longer than the 300/],
    ['two headers', { authorization: ['Bearer a', 'Bearer b'] }, /more than once/],
    ['an unknown token', { authorization: `Bearer ${'a'.repeat(64)}` }, /unknown, expired or revoked/],
    ['a cut token', { authorization: 'Bearer dw_abc' }, /unknown, expired or revoked/],
    ['an unknown cookie', { sessionCookie: 'a'.repeat(43) }, /not signed in any more/],
    ['a cookie of another form', { sessionCookie: 'a b' }, /not signed in any more/],
    ['two cookies', { sessionCookie: ['a'.repeat(43), 'b'.repeat(43)] }, /not signed in any more/],
    ['a bare user id', { userIdHeader: 'ann' }, /a credential is missing/],
    ['a bad token beside a cookie', { authorization: 'x', sessionCookie: 'a'.repeat(43) }, /another form/],
  ])('should refuse %s', async (_, credentials, message) => {
    const { authenticator } = setUp();

    const error = await failureOf(authenticator.authenticate({ ...REMOTE, ...credentials }));

    expect(error).toBeInstanceOf(ErrUnauthenticated);
    expect(error.message).toMatch(message);
  });

  it('should not ask the store for a token that is not whole', async () => {
    const { stores, withToken, make } = setUp();
    const { text } = await make();
    const find = vi.spyOn(stores.tokens, 'findByHash');

    await failureOf(withToken(`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`));

    expect(find).not.toHaveBeenCalled();
  });

  it('should say the same of an unknown, an expired and a revoked token', async () => {
    const { context, withToken, make } = setUp();
    const expired = await make('ann', 1000);
    const revoked = await make('bob');
    await revokeToken(context, { nameOrId: revoked.token.id });
    context.clock.nowMs += 1000;

    const unknown = makeTokenText(randomBytes).reveal();
    const failures = await Promise.all(
      [unknown, expired.text, revoked.text].map((text) => failureOf(withToken(text))),
    );

    expect(new Set(failures.map(({ message }) => message)).size).toBe(1);
  });

  it('should stop a remembered token at the moment at which it expires', async () => {
    const { context, withToken, make } = setUp();
    const { text } = await make('ann', 2000);
    await withToken(text);

    context.clock.nowMs += 1999;
    await withToken(text);
    context.clock.nowMs += 1;

    await expect(withToken(text)).rejects.toThrow(ErrUnauthenticated);
  });

  it('should stop a token at once where it is revoked, also for a look-up that is on its way', async () => {
    const { stores, context, withToken, make } = setUp();
    const { text, token } = await make();
    const held = Promise.withResolvers<void>();
    const find = stores.tokens.findByHash.bind(stores.tokens);
    vi.spyOn(stores.tokens, 'findByHash').mockImplementationOnce(async (hash) => {
      const found = await find(hash);
      await held.promise;
      return found;
    });
    const early = withToken(text);

    await revokeToken(context, { nameOrId: token.id });
    const late = failureOf(withToken(text));
    held.resolve();

    expect(await early).toMatchObject({ userId: 'ann' });
    expect(await late).toBeInstanceOf(ErrUnauthenticated);
    await expect(withToken(text)).rejects.toThrow(ErrUnauthenticated);
  });

  it('should never let a token through longer than the cache time after it was revoked elsewhere', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4000 }) }),
      fc.record({ kind: fc.constant('use' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.array(step, { maxLength: 12 }),
        async (before, after) => {
          const { stores, context, withToken, make } = setUp();
          const { text, token } = await make();
          const isLet = () => withToken(text).then(Boolean, () => false);
          for (const taken of before) {
            if (taken.kind === 'wait') context.clock.nowMs += taken.ms;
            else expect(await isLet()).toBe(true);
          }

          await stores.tokens.revoke(token.id, context.clock.nowMs);
          const revokedAtMs = context.clock.nowMs;

          for (const taken of after) {
            if (taken.kind === 'wait') context.clock.nowMs += taken.ms;
            else if (await isLet())
              expect(context.clock.nowMs - revokedAtMs).toBeLessThan(TOKEN_CACHE_TTL_MS);
          }
        },
      ),
    );
  });

  it('should never answer with another user, however requests and changes mix', async () => {
    const step = fc.tuple(fc.nat(4), fc.constantFrom('use', 'revoke', 'forget', 'now'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { context, authenticator, withToken, make } = setUp();
        const made = await Promise.all(Array.from({ length: 5 }, (_, i) => make(`user-${i}`)));

        const answers = steps.map(async ([index, action]) => {
          const one = made[index] ?? expect.unreachable();
          const credentials = { ...REMOTE, authorization: `Bearer ${one.text}` };
          if (action === 'revoke') await revokeToken(context, { nameOrId: one.token.id });
          if (action === 'forget') context.clock.nowMs += TOKEN_CACHE_TTL_MS;
          const principal =
            action === 'now'
              ? attempt(() => authenticator.authenticateNow(credentials))
              : await withToken(one.text).catch(() => undefined);
          return [undefined, `user-${index}`].includes(principal?.userId);
        });

        expect(await Promise.all(answers)).not.toContain(false);
      }),
    );
  });

  it('should not fail others when one of those who wait for a look-up gives up', async () => {
    const { stores, authenticator, make } = setUp();
    const { text } = await make();
    const held = Promise.withResolvers<void>();
    const find = stores.tokens.findByHash.bind(stores.tokens);
    vi.spyOn(stores.tokens, 'findByHash').mockImplementation(async (hash) => {
      await held.promise;
      return find(hash);
    });
    const abort = new AbortController();
    const credentials = { ...REMOTE, authorization: `Bearer ${text}` };
    const first = failureOf(authenticator.authenticate(credentials, abort.signal));
    const second = authenticator.authenticate(credentials);

    abort.abort(new Error('gone'));
    expect((await first).message).toBe('gone');
    held.resolve();

    expect((await second).userId).toBe('ann');
  });

  it('should pass on that the store cannot be asked, and recover', async () => {
    const { stores, withToken, make } = setUp();
    const { text } = await make();
    vi.spyOn(stores.tokens, 'findByHash').mockRejectedValueOnce(new Error('no database'));

    await expect(withToken(text)).rejects.toThrow('no database');

    expect((await withToken(text)).userId).toBe('ann');
  });

  it('should note a use now and then, and not mind when it cannot', async () => {
    const { stores, context, make } = setUp();
    const { text, token } = await make();
    const onTouchError = vi.fn<(error: unknown) => void>();
    const tokens = cacheTokens(stores.tokens, { clock: context.clock, onTouchError });
    const authenticator = createAuthenticator({ ...context, tokens, policy: { mode: 'token' } });
    const touch = vi.spyOn(stores.tokens, 'touch');
    const use = () => authenticator.authenticate({ ...REMOTE, authorization: `Bearer ${text}` });

    await use();
    context.clock.nowMs += 9 * 60_000;
    await use();
    expect(touch).toHaveBeenCalledTimes(1);
    touch.mockRejectedValueOnce(new Error('read only'));
    context.clock.nowMs += 60_000;
    await use();

    expect(touch).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(onTouchError).toHaveBeenCalledOnce());
    const [listed] = await stores.tokens.list({
      userId: token.userId,
      name: undefined,
      includeRevoked: false,
      limit: 1,
    });
    expect(listed?.lastUsedAtMs).toBe(token.createdAtMs);
  });
});

describe('browser sessions', () => {
  async function signIn() {
    const setup = setUp();
    const code = await createSignInCode(setup.context, { userId: 'ann' });
    const started = await redeemSignInCode(setup.context, code.reveal());
    const cookie = started?.secret.reveal() ?? expect.unreachable();
    const use = () => setup.authenticator.authenticate({ ...REMOTE, sessionCookie: cookie });
    return { ...setup, cookie, use };
  }

  it('should know the browser by its cookie', async () => {
    const { use, authenticator, cookie } = await signIn();

    const principal = await use();

    expect(principal).toMatchObject({ userId: 'ann', scopes: ['calendar', 'monitor:read'] });
    expect(principal.credential.kind).toBe('session');
    expect(principal.credential.name).toMatch(/^session-.{8}$/);
    expect(cookie).not.toContain(principal.credential.name.slice(8));
    expect(authenticator.authenticateNow({ ...REMOTE, sessionCookie: cookie })).toEqual(principal);
  });

  it('should end a session at once on signing out', async () => {
    const { use, context, cookie } = await signIn();
    await use();

    await signOut(context, cookie);

    await expect(use()).rejects.toThrow(ErrUnauthenticated);
  });

  it('should end a session when its time is over', async () => {
    const { use, context } = await signIn();
    context.clock.nowMs += SESSION_LIFETIME_MS - 1;
    await use();
    context.clock.nowMs += 1;

    await expect(use()).rejects.toThrow(ErrUnauthenticated);
  });

  it('should take no text that is no code for one', async () => {
    const { context } = setUp();

    expect(await redeemSignInCode(context, "' OR 1=1 --")).toBeUndefined();
    await signOut(context, 'no cookie');
  });
});

describe('trusted-header mode', () => {
  const LOOPBACK: AuthPolicy = { mode: 'trusted-header', peers: 'loopback' };
  const GATEWAY: AuthPolicy = { mode: 'trusted-header', peers: [parseIpNetwork('10.0.0.0/8')] };

  it.each([
    [LOOPBACK, '127.0.0.1'],
    [LOOPBACK, '::ffff:127.0.0.1'],
    [GATEWAY, '10.1.2.3'],
  ])('should believe the gateway (%#)', async (policy, remoteAddress) => {
    const { authenticator } = setUp(policy);

    const principal = await authenticator.authenticate({ remoteAddress, userIdHeader: 'ann@example.org' });

    expect(principal).toEqual({
      userId: 'ann@example.org',
      scopes: ['calendar', 'monitor:read'],
      credential: { kind: 'trusted-header', name: 'x-user-id' },
    });
  });

  it.each([
    [LOOPBACK, { remoteAddress: '10.1.2.3', userIdHeader: 'ann' }, /from this address are not accepted/],
    [LOOPBACK, { remoteAddress: undefined, userIdHeader: 'ann' }, /from this address/],
    [GATEWAY, { remoteAddress: '127.0.0.1', userIdHeader: 'ann' }, /from this address/],
    [GATEWAY, { remoteAddress: '10.1.2.3' }, /x-user-id is missing/],
    [GATEWAY, { remoteAddress: '10.1.2.3', userIdHeader: 'ann', authorization: 'Bearer x' }, /both given/],
    [GATEWAY, { remoteAddress: '10.1.2.3', authorization: 'Bearer x' }, /x-user-id is missing/],
    [GATEWAY, { remoteAddress: '10.1.2.3', userIdHeader: ['ann', 'bob'] }, /more than once/],
    [GATEWAY, { remoteAddress: '10.1.2.3', userIdHeader: 'ann, bob' }, /is no user id/],
    [GATEWAY, { remoteAddress: '10.1.2.3', userIdHeader: '' }, /is no user id/],
    [GATEWAY, { remoteAddress: '10.1.2.3', sessionCookie: 'a'.repeat(43) }, /x-user-id is missing/],
  ])('should refuse what is not one gateway and one user (%#)', async (policy, credentials, message) => {
    const { authenticator } = setUp(policy);

    const error = await failureOf(authenticator.authenticate(credentials));

    expect(error).toBeInstanceOf(ErrUnauthenticated);
    expect(error.message).toMatch(message);
  });
});

describe('none mode', () => {
  it('should let anybody read the monitor, and nothing else', async () => {
    const { authenticator } = setUp({ mode: 'none' });

    const principal = await authenticator.authenticate({ remoteAddress: undefined });

    expect(() => requireScope(principal, 'monitor:read')).not.toThrow();
    expect(() => requireScope(principal, 'calendar')).toThrow(ErrForbidden);
  });
});

describe('requireScope', () => {
  it('should name the scope that is missing', async () => {
    const { withToken, make } = setUp();
    const { text } = await make();
    const principal = await withToken(text);

    expect(() => requireScope(principal, 'monitor:read')).toThrow(
      "the credential 'laptop' lacks the scope 'monitor:read'; it has calendar",
    );
  });
});

function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

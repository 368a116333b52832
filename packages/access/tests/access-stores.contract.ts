import { randomBytes } from 'node:crypto';

import { beforeEach, describe, expect, it } from 'vitest';

import {
  createSignInCode,
  createToken,
  hashSecret,
  parseUserId,
  redeemSignInCode,
  type AccessStores,
  type Scope,
  type StoredToken,
  type Token,
} from '../src/index.ts';
import { makeTokenId } from '../src/token/token.ts';
import { createTestContext, START_MS } from './support.ts';

const DAY_MS = 24 * 3_600_000;

/** What every implementation of the stores of access promises. `makeStores` answers empty ones. */
export function describeAccessStores(name: string, makeStores: () => Promise<AccessStores>): void {
  describe(`${name}: tokens`, () => {
    let stores: AccessStores;
    beforeEach(async () => {
      stores = await makeStores();
    });

    it('should find a token by the hash of its secret, with all that was stored', async () => {
      const stored = draft({ expiresAtMs: START_MS + 1, scopes: ['calendar', 'monitor:read'] });

      const outcome = await stores.tokens.add(stored);

      expect(outcome).toBe('added');
      expect(await stores.tokens.findByHash(stored.hash)).toEqual(stored);
    });

    it('should keep times to the millisecond, also those of the year 9999', async () => {
      const stored = draft({
        createdAtMs: START_MS + 123,
        expiresAtMs: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
      });
      await stores.tokens.add(stored);

      expect((await stores.tokens.findByHash(stored.hash))?.token).toEqual(stored.token);
    });

    it('should find nothing for the hash of another secret', async () => {
      await stores.tokens.add(draft({}));

      expect(await stores.tokens.findByHash(hashSecret('another'))).toBeUndefined();
    });

    it('should refuse a second token of a name, and take it once the first is revoked', async () => {
      const first = draft({ name: 'laptop' });
      await stores.tokens.add(first);

      expect(await stores.tokens.add(draft({ name: 'laptop' }))).toBe('name-taken');
      expect(await stores.tokens.add(draft({ name: 'laptop', userId: parseUserId('bob') }))).toBe('added');
      await stores.tokens.revoke(first.token.id, START_MS);
      expect(await stores.tokens.add(draft({ name: 'laptop' }))).toBe('added');
    });

    it('should let one of many parallel attempts at a name through', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => stores.tokens.add(draft({ name: 'laptop' }))),
      );

      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
    });

    it('should list by user, then creation, and only what is asked for', async () => {
      const later = draft({ name: 'b', userId: parseUserId('ann'), createdAtMs: START_MS + 1 });
      const earlier = draft({ name: 'c', userId: parseUserId('ann') });
      const revoked = draft({ name: 'a', userId: parseUserId('ann') });
      const bobs = draft({ name: 'a', userId: parseUserId('Bob') });
      for (const stored of [later, earlier, revoked, bobs]) await stores.tokens.add(stored);
      await stores.tokens.revoke(revoked.token.id, START_MS + 2);
      const names = async (query: Partial<Parameters<typeof stores.tokens.list>[0]>) => {
        const all = { userId: undefined, name: undefined, includeRevoked: false, limit: 10, ...query };
        return (await stores.tokens.list(all)).map((token) => `${token.userId}/${token.name}`);
      };

      expect(await names({})).toEqual(['Bob/a', 'ann/c', 'ann/b']);
      expect(await names({ limit: 2 })).toEqual(['Bob/a', 'ann/c']);
      expect(await names({ userId: parseUserId('ann') })).toEqual(['ann/c', 'ann/b']);
      expect(await names({ name: 'a' })).toEqual(['Bob/a']);
      expect(await names({ name: 'a', includeRevoked: true })).toEqual(['Bob/a', 'ann/a']);
    });

    it('should revoke once, and keep the time of it', async () => {
      const stored = draft({});
      await stores.tokens.add(stored);

      const first = await stores.tokens.revoke(stored.token.id, START_MS + 1);
      const second = await stores.tokens.revoke(stored.token.id, START_MS + 2);

      expect(first).toEqual({ ...stored.token, revokedAtMs: START_MS + 1 });
      expect(second).toEqual(first);
      expect((await stores.tokens.findByHash(stored.hash))?.token).toEqual(first);
      expect(await stores.tokens.revoke(makeTokenId(randomBytes), START_MS)).toBeUndefined();
    });

    it('should note the latest use', async () => {
      const stored = draft({});
      await stores.tokens.add(stored);

      await stores.tokens.touch(stored.token.id, START_MS + 5);
      await stores.tokens.touch(stored.token.id, START_MS + 3);

      expect((await stores.tokens.findByHash(stored.hash))?.token.lastUsedAtMs).toBe(START_MS + 5);
    });

    it('should take a first token when there is no user, and never a second time', async () => {
      const first = draft({ name: 'bootstrap' });

      expect(await stores.tokens.addFirst(first)).toBe(true);
      expect(await stores.tokens.addFirst(draft({ name: 'bootstrap' }))).toBe(false);
      expect(await stores.tokens.addFirst(first)).toBe(false);
      expect(await stores.tokens.findByHash(first.hash)).toEqual(first);
    });

    it('should not take a first token once a user came with a token or a sign-in code', async () => {
      const other = await makeStores();
      await stores.tokens.add(draft({}));
      await createSignInCode(createTestContext(other), { userId: 'ann' });

      expect(await stores.tokens.addFirst(draft({ name: 'first' }))).toBe(false);
      expect(await other.tokens.addFirst(draft({ name: 'first' }))).toBe(false);
    });

    it('should take one of many first tokens that come at once', async () => {
      const drafts = Array.from({ length: 10 }, (_, i) => draft({ userId: parseUserId(`user-${i}`) }));

      const outcomes = await Promise.all(drafts.map((stored) => stores.tokens.addFirst(stored)));

      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const listed = await stores.tokens.list({
        userId: undefined,
        name: undefined,
        includeRevoked: true,
        limit: 20,
      });
      expect(listed).toEqual([drafts[outcomes.indexOf(true)]?.token]);
    });

    it('should do nothing when the signal has fired already', async () => {
      const stored = draft({});
      const signal = AbortSignal.abort(new Error('too late'));

      await expect(stores.tokens.add(stored, signal)).rejects.toThrow();

      expect(await stores.tokens.findByHash(stored.hash)).toBeUndefined();
    });
  });

  describe(`${name}: sessions`, () => {
    let stores: AccessStores;
    let context: ReturnType<typeof createTestContext>;
    beforeEach(async () => {
      stores = await makeStores();
      context = createTestContext(stores);
    });

    it('should turn a code into a session of its user and scopes', async () => {
      const code = await createSignInCode(context, { userId: 'ann', scopes: ['monitor:read'] });

      const started = await redeemSignInCode(context, code.reveal());

      expect(started?.session).toMatchObject({
        userId: 'ann',
        scopes: ['monitor:read'],
        createdAtMs: START_MS,
      });
      expect(await stores.sessions.findByHash(hashSecret(started?.secret.reveal() ?? ''))).toEqual(
        started?.session,
      );
    });

    it('should take a code once, also when many browsers come at once', async () => {
      const code = await createSignInCode(context, { userId: 'ann' });

      const started = await Promise.all(
        Array.from({ length: 30 }, () => redeemSignInCode(context, code.reveal())),
      );

      expect(started.filter((session) => session !== undefined)).toHaveLength(1);
      expect(await redeemSignInCode(context, code.reveal())).toBeUndefined();
    });

    it('should refuse a code from the moment on at which it expires', async () => {
      const early = await createSignInCode(context, { userId: 'ann', lifetimeMs: 2000 });
      const late = await createSignInCode(context, { userId: 'ann', lifetimeMs: 2000 });

      context.clock.nowMs += 1999;
      expect(await redeemSignInCode(context, early.reveal())).toBeDefined();
      context.clock.nowMs += 1;
      expect(await redeemSignInCode(context, late.reveal())).toBeUndefined();
    });

    it('should end a session, and take an unknown one for ended', async () => {
      const code = await createSignInCode(context, { userId: 'ann' });
      const started = await redeemSignInCode(context, code.reveal());
      const hash = started?.session.hash ?? hashSecret('');

      await stores.sessions.remove(hash);
      await stores.sessions.remove(hash);

      expect(await stores.sessions.findByHash(hash)).toBeUndefined();
    });

    it('should find no session whose token was revoked, also one that began meanwhile', async () => {
      const stored = draft({});
      const other = draft({});
      await stores.tokens.add(stored);
      await stores.tokens.add(other);
      const begin = (tokenId: Token['id']) => createSignInCode(context, { userId: 'ann', tokenId });
      const codes = [await begin(stored.token.id), await begin(stored.token.id), await begin(other.token.id)];
      const find = async (code: (typeof codes)[number] | undefined) => {
        const started = await redeemSignInCode(context, code?.reveal() ?? '');
        return () => stores.sessions.findByHash(started?.session.hash ?? hashSecret(''));
      };

      const [before, beside] = [await find(codes[0]), await find(codes[2])];
      expect((await before())?.tokenId).toBe(stored.token.id);
      await stores.tokens.revoke(stored.token.id, START_MS);
      const after = await find(codes[1]);

      expect([await before(), await after()]).toEqual([undefined, undefined]);
      expect((await beside())?.tokenId).toBe(other.token.id);
    });

    it('should forget what has expired, and nothing else', async () => {
      const used = await createSignInCode(context, { userId: 'ann' });
      const started = await redeemSignInCode(context, used.reveal());
      const hash = started?.session.hash ?? hashSecret('');
      const short = await createSignInCode(context, { userId: 'ann', lifetimeMs: 1000 });
      const long = await createSignInCode(context, { userId: 'ann', lifetimeMs: 100 * DAY_MS });

      await stores.sessions.removeExpired(START_MS + 2000, 10);
      expect(await stores.sessions.findByHash(hash)).toBeDefined();
      expect(await redeemSignInCode(context, short.reveal())).toBeUndefined();
      expect(await redeemSignInCode(context, long.reveal())).toBeDefined();
      await stores.sessions.removeExpired(START_MS + 31 * DAY_MS, 10);
      expect(await stores.sessions.findByHash(hash)).toBeUndefined();
    });
  });

  describe(`${name}: use cases`, () => {
    it('should replace a token of a name by a new one', async () => {
      const stores = await makeStores();
      const context = createTestContext(stores);
      const request = { name: 'local', userId: 'ann', scopes: ['calendar'], replace: true };
      const older = await createToken(context, request);

      const newer = await createToken(context, request);

      const found = await stores.tokens.findByHash(hashSecret(older.secret.reveal()));
      expect(found?.token.revokedAtMs).toBe(START_MS);
      expect((await stores.tokens.findByHash(hashSecret(newer.secret.reveal())))?.token).toEqual(newer.token);
    });
  });
}

function draft(fields: Partial<Token>): StoredToken {
  const id = makeTokenId(randomBytes);
  const scopes: readonly Scope[] = ['calendar'];
  return {
    hash: hashSecret(randomBytes(32).toString('base64url')),
    token: {
      id,
      name: `token ${id.slice(4)}`,
      userId: parseUserId('ann'),
      scopes,
      createdAtMs: START_MS,
      expiresAtMs: null,
      lastUsedAtMs: null,
      revokedAtMs: null,
      ...fields,
    },
  };
}

import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { createTestContext, failureOf, START_MS } from '../../tests/support.ts';
import { ErrInvalidAccess, ErrTokenExists } from '../errors.ts';
import { createToken } from './create-token.ts';
import { listTokens } from './list-tokens.ts';
import { revokeToken } from './revoke-token.ts';

const LAPTOP = { name: 'laptop', userId: 'ann', scopes: ['calendar'] };

describe('createToken', () => {
  it('should answer the token, and its secret once', async () => {
    const context = createTestContext();

    const { token, secret } = await createToken(context, { ...LAPTOP, expiresInMs: 60_000 });

    expect(token).toMatchObject({
      name: 'laptop',
      userId: 'ann',
      scopes: ['calendar'],
      createdAtMs: START_MS,
    });
    expect(token.expiresAtMs).toBe(START_MS + 60_000);
    expect(secret.reveal()).toMatch(/^dw_/);
    const listing = await listTokens(context);
    expect(inspect({ token, listing }, { depth: 9 })).not.toContain(secret.reveal().slice(3));
  });

  it('should say all that is wrong at once', async () => {
    const work = createToken(createTestContext(), {
      name: '',
      userId: 'a b',
      scopes: ['x'],
      expiresInMs: -1,
    });

    const error = await failureOf(work);

    expect(error).toBeInstanceOf(ErrInvalidAccess);
    expect(error.message).toMatch(
      /name: '' is no name.*user: 'a b' is no user.*scopes: 'x' is.*expires: a lifetime of -1 ms/,
    );
  });

  it.each([0, 999, Number.NaN, Number.POSITIVE_INFINITY, 1e18])(
    'should refuse a lifetime of %s ms',
    async (expiresInMs) => {
      await expect(createToken(createTestContext(), { ...LAPTOP, expiresInMs })).rejects.toThrow(
        /^expires: a lifetime/,
      );
    },
  );

  it('should refuse a second token of a name', async () => {
    const context = createTestContext();
    await createToken(context, LAPTOP);

    await expect(createToken(context, LAPTOP)).rejects.toThrow(ErrTokenExists);
  });
});

describe('listTokens', () => {
  it('should say what each token is good for', async () => {
    const context = createTestContext();
    const gone = await createToken(context, { ...LAPTOP, name: 'gone' });
    await createToken(context, { ...LAPTOP, name: 'short', expiresInMs: 1000 });
    await createToken(context, { ...LAPTOP, name: 'long', userId: 'bob' });
    await revokeToken(context, { nameOrId: gone.token.id });
    context.clock.nowMs += 1000;

    const { tokens, isCut } = await listTokens(context, { includeRevoked: true });
    const ofBob = await listTokens(context, { userId: 'bob' });

    expect(Object.fromEntries(tokens.map(({ name, state }) => [name, state]))).toEqual({
      gone: 'revoked',
      short: 'expired',
      long: 'active',
    });
    expect(isCut).toBe(false);
    expect(ofBob.tokens.map(({ name }) => name)).toEqual(['long']);
  });

  it('should name a bad user id', async () => {
    await expect(listTokens(createTestContext(), { userId: 'a b' })).rejects.toThrow(
      /^user: 'a b' is no user id/,
    );
  });
});

describe('revokeToken', () => {
  it('should revoke by name, and not find the name again', async () => {
    const context = createTestContext();
    await createToken(context, LAPTOP);

    const revoked = await revokeToken(context, { nameOrId: 'laptop' });

    expect(revoked.revokedAtMs).toBe(START_MS);
    await expect(revokeToken(context, { nameOrId: 'laptop' })).rejects.toThrow("there is no token 'laptop'");
    expect(await revokeToken(context, { nameOrId: revoked.id })).toEqual(revoked);
  });

  it('should ask whose token is meant where several have the name', async () => {
    const context = createTestContext();
    await createToken(context, LAPTOP);
    await createToken(context, { ...LAPTOP, userId: 'bob' });

    const error = await failureOf(revokeToken(context, { nameOrId: 'laptop' }));
    const revoked = await revokeToken(context, { nameOrId: 'laptop', userId: 'bob' });

    expect(error.message).toMatch(
      /several users have a token 'laptop': tok_\w+ of 'ann', tok_\w+ of 'bob'; give/,
    );
    expect(revoked.userId).toBe('bob');
  });

  it('should not repeat a secret that somebody pasted', async () => {
    const context = createTestContext();
    const { secret } = await createToken(context, LAPTOP);

    const error = await failureOf(revokeToken(context, { nameOrId: secret.reveal() }));

    expect(error.message).toContain("there is no token 'dw_…'");
  });

  it('should not find an id that there is not', async () => {
    const work = revokeToken(createTestContext(), { nameOrId: 'tok_0000000000000000' });

    await expect(work).rejects.toThrow("there is no token 'tok_0000000000000000'");
  });
});

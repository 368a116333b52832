import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { createTestContext, failureOf } from '../../tests/support.ts';
import { ErrAuthConfig } from '../errors.ts';
import { hashSecret } from '../secret-hash.ts';
import { bootstrapToken } from './bootstrap-token.ts';
import { createToken } from './create-token.ts';
import { makeTokenText } from './token-secret.ts';

describe('bootstrapToken', () => {
  it.each([
    ['openssl rand -hex 32', randomBytes(32).toString('hex')],
    ['openssl rand -base64 32', randomBytes(32).toString('base64')],
    ['a token of ours', makeTokenText(randomBytes).reveal()],
  ])('should take what %s makes, once', async (_, text) => {
    const context = createTestContext();

    const first = await bootstrapToken(context, { fileText: `${text}\n`, userId: 'admin' });
    const second = await bootstrapToken(context, { fileText: `${text}\n`, userId: 'admin' });

    expect(first).toMatchObject({
      kind: 'taken',
      token: { userId: 'admin', scopes: ['calendar', 'monitor:read'] },
    });
    expect(second).toEqual({ kind: 'not-needed' });
    expect((await context.tokens.findByHash(hashSecret(text)))?.token.name).toBe('bootstrap');
  });

  it('should take nothing once there is a user', async () => {
    const context = createTestContext();
    await createToken(context, { name: 'laptop', userId: 'ann', scopes: ['calendar'] });
    const fileText = randomBytes(32).toString('hex');

    expect(await bootstrapToken(context, { fileText, userId: 'admin' })).toEqual({ kind: 'not-needed' });
    expect(await context.tokens.findByHash(hashSecret(fileText))).toBeUndefined();
  });

  it.each([
    ['', 'has 0 characters; allowed are 32 to 200'],
    ['changeme', 'has 8 characters'],
    ['x'.repeat(201), 'has 201 characters'],
    ['please change me to something better', 'has characters that a token cannot have'],
    ['a'.repeat(64), 'is too easy to guess (about 0 bits'],
    ['0123'.repeat(12), 'is too easy to guess (about 96 bits'],
    [`dw_${'A'.repeat(49)}`, "begins with 'dw_' and is no whole token"],
  ])('should refuse %j with a reason that names the key and a way out', async (fileText, reason) => {
    const error = await failureOf(bootstrapToken(createTestContext(), { fileText, userId: 'admin' }));

    expect(error).toBeInstanceOf(ErrAuthConfig);
    expect(error.message).toContain(`auth.bootstrap_token_file: the file's content ${reason}`);
    expect(error.message).toContain('openssl rand -hex 32');
  });

  it('should not repeat the content of the file', async () => {
    const error = await failureOf(
      bootstrapToken(createTestContext(), { fileText: 'hunter2', userId: 'admin' }),
    );

    expect(error.message).not.toContain('hunter2');
  });
});

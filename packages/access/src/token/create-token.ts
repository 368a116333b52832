import type { Clock, RandomBytes } from '../clock.ts';
import { ErrTokenExists } from '../errors.ts';
import { parseScopes } from '../scope.ts';
import { hashSecret } from '../secret-hash.ts';
import type { SecretText } from '../secret-text.ts';
import { parseUserId } from '../user/user-id.ts';
import { Violations } from '../violations.ts';
import { parseExpiry } from './expiry.ts';
import { revokeToken } from './revoke-token.ts';
import { makeTokenText } from './token-secret.ts';
import type { TokenStore } from './token-store.ts';
import { makeTokenId, parseTokenName, type StoredToken, type Token } from './token.ts';

/** What the use cases of tokens need from outside. */
export interface TokenContext {
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export interface CreateTokenRequest {
  readonly name: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** From now; null: never. */
  readonly expiresInMs?: number | null;
  /** Revoke the user's token of that name first, if there is one. */
  readonly replace?: boolean;
}

export interface CreatedToken {
  readonly token: Token;
  /** Show it now: nobody can see it later. */
  readonly secret: SecretText;
}

/**
 * Makes a token, and its user where there is none yet.
 * @throws ErrInvalidAccess, ErrTokenExists
 */
export async function createToken(
  context: TokenContext,
  request: CreateTokenRequest,
  signal?: AbortSignal,
): Promise<CreatedToken> {
  const secret = makeTokenText(context.random);
  const stored = draftToken(context, request, secret.reveal());
  if (request.replace === true) await revokeOlder(context, stored.token, signal);
  const outcome = await context.tokens.add(stored, signal);
  if (outcome === 'name-taken') throw new ErrTokenExists(stored.token.userId, stored.token.name);
  return { token: stored.token, secret };
}

/** Checks a request and makes the token of it, with `text` as its secret. */
export function draftToken(
  { clock, random }: TokenContext,
  request: CreateTokenRequest,
  text: string,
): StoredToken {
  const createdAtMs = clock.now();
  const violations = new Violations();
  const name = violations.read('name', () => parseTokenName(request.name));
  const userId = violations.read('user', () => parseUserId(request.userId));
  const scopes = violations.read('scopes', () => parseScopes(request.scopes));
  const expiresAtMs = violations.read('expires', () => parseExpiry(request.expiresInMs ?? null, createdAtMs));
  if (name === undefined || userId === undefined || scopes === undefined || expiresAtMs === undefined) {
    throw violations.toError();
  }
  return {
    hash: hashSecret(text),
    token: {
      id: makeTokenId(random),
      name,
      userId,
      scopes,
      createdAtMs,
      expiresAtMs,
      lastUsedAtMs: null,
      revokedAtMs: null,
    },
  };
}

async function revokeOlder(
  context: TokenContext,
  { name, userId }: Token,
  signal?: AbortSignal,
): Promise<void> {
  const [older] = await context.tokens.list({ userId, name, includeRevoked: false, limit: 1 }, signal);
  if (older !== undefined) await revokeToken(context, { nameOrId: older.id }, signal);
}

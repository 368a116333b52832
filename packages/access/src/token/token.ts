import { excerpt } from '../excerpt.ts';
import type { Scope } from '../scope.ts';
import type { SecretHash } from '../secret-hash.ts';
import type { UserId } from '../user/user-id.ts';

declare const tokenIdBrand: unique symbol;

/** `tok_` and 16 hexadecimal digits. Names a token in lists and commands; no secret. */
export type TokenId = string & { readonly [tokenIdBrand]: true };

/** A credential for programs, as it is known after its making: without its secret. Times are epoch milliseconds. */
export interface Token {
  readonly id: TokenId;
  /** Unique among the user's tokens that are not revoked. */
  readonly name: string;
  readonly userId: UserId;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  /** The first moment at which it no longer works; null: it works until it is revoked. */
  readonly expiresAtMs: number | null;
  /** Coarse: written at most every LAST_USED_STEP_MS. */
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** A token together with what its secret is recognised by. */
export interface StoredToken {
  readonly token: Token;
  readonly hash: SecretHash;
}

const ID_BYTES = 8;
const TOKEN_ID = /^tok_[0-9a-f]{16}$/;

export function makeTokenId(random: (size: number) => Uint8Array): TokenId {
  return `tok_${Buffer.from(random(ID_BYTES)).toString('hex')}` as TokenId;
}

export function isTokenId(text: string): text is TokenId {
  return TOKEN_ID.test(text);
}

const TOKEN_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+:/()#'-]{0,99}$/u;

/**
 * Reads a token's name.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseTokenName(text: string): string {
  if (text.startsWith('dw_'))
    throw new RangeError("begins with 'dw_' like a secret; choose a name for people");
  if (text.startsWith('tok_'))
    throw new RangeError("begins with 'tok_' like an id; choose a name for people");
  if (TOKEN_NAME.test(text) && text.isWellFormed()) return text;
  throw new RangeError(
    `${excerpt(text)} is no name; allowed are 1 to 100 letters, digits, spaces and . _ @ + : / ( ) # ' -, ` +
      'the first a letter or a digit',
  );
}

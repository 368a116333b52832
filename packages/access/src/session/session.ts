import type { Scope } from '../scope.ts';
import type { SecretHash } from '../secret-hash.ts';
import type { TokenId } from '../token/token.ts';
import type { UserId } from '../user/user-id.ts';

/** Who signs in, and what for. */
export interface Identity {
  readonly userId: UserId;
  readonly scopes: readonly Scope[];
  /** The token that was shown to sign in, if one was: what it began ends when the token is revoked. */
  readonly tokenId?: TokenId;
}

/** A one-time code of a sign-in link. Times are epoch milliseconds. */
export interface SignInCode extends Identity {
  readonly hash: SecretHash;
  readonly createdAtMs: number;
  /** The first moment at which it no longer works. */
  readonly expiresAtMs: number;
}

/** A browser that is signed in. Its cookie holds the secret of `hash`. */
export interface Session extends Identity {
  readonly hash: SecretHash;
  readonly createdAtMs: number;
  /** The first moment at which it no longer works; using it does not move this. */
  readonly expiresAtMs: number;
}

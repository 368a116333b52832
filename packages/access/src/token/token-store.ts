import type { SecretHash } from '../secret-hash.ts';
import type { UserId } from '../user/user-id.ts';
import type { StoredToken, Token, TokenId } from './token.ts';

/** Which tokens a listing wants. */
export interface TokenQuery {
  readonly userId: UserId | undefined;
  readonly name: string | undefined;
  readonly includeRevoked: boolean;
  /** At most this many, from 1. */
  readonly limit: number;
}

/** Keeps tokens and their users, who come to be with their first token. */
export interface TokenStore {
  /** Adds a token, and its user where there is none yet. */
  add(stored: StoredToken, signal?: AbortSignal): Promise<'added' | 'name-taken'>;

  /**
   * Adds the very first token. At most one call ever answers true, however many run at once, and none once
   * there is a user.
   */
  addFirst(stored: StoredToken, signal?: AbortSignal): Promise<boolean>;

  /** The token of that secret, also an expired or revoked one. */
  findByHash(hash: SecretHash, signal?: AbortSignal): Promise<StoredToken | undefined>;

  /** Tokens by user, then creation, then id. */
  list(query: TokenQuery, signal?: AbortSignal): Promise<readonly Token[]>;

  /** Revokes a token. One that is revoked already keeps its time. */
  revoke(id: TokenId, atMs: number, signal?: AbortSignal): Promise<Token | undefined>;

  /** Notes that the token was used; an earlier time than the noted one changes nothing. */
  touch(id: TokenId, atMs: number, signal?: AbortSignal): Promise<void>;
}

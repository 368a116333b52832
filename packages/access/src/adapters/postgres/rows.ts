import { SCOPES, type Scope } from '../../scope.ts';
import type { SecretHash } from '../../secret-hash.ts';
import type { Session } from '../../session/session.ts';
import type { Token, TokenId } from '../../token/token.ts';
import { parseUserId } from '../../user/user-id.ts';

/** A token as every statement answers it. Instants arrive as epoch milliseconds. */
export interface TokenRow {
  readonly token_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

export const TOKEN_COLUMNS =
  'token_id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at';

export interface SessionRow {
  readonly hash: string;
  readonly user_id: string;
  readonly scopes: readonly string[];
  readonly created_at: number;
  readonly expires_at: number;
  readonly token_id: string | null;
}

export const SESSION_COLUMNS = 'hash, user_id, scopes, created_at, expires_at, token_id';

export function toToken(row: TokenRow): Token {
  return {
    id: row.token_id as TokenId,
    name: row.name,
    userId: parseUserId(row.user_id),
    scopes: knownScopes(row.scopes),
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    lastUsedAtMs: row.last_used_at,
    revokedAtMs: row.revoked_at,
  };
}

export function toSession(row: SessionRow): Session {
  return {
    hash: row.hash as SecretHash,
    userId: parseUserId(row.user_id),
    scopes: knownScopes(row.scopes),
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    ...(row.token_id !== null && { tokenId: row.token_id as TokenId }),
  };
}

/** A newer version may have given scopes that this one does not know: here they open nothing. */
function knownScopes(texts: readonly string[]): readonly Scope[] {
  return SCOPES.filter((scope) => texts.includes(scope));
}

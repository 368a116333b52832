import { encodeTimestamp, type Queries, type SqlParameter } from '@daywatch/service-kit/postgres';

import type { SecretHash } from '../../secret-hash.ts';
import type { TokenStore } from '../../token/token-store.ts';
import type { StoredToken } from '../../token/token.ts';
import { toToken } from './rows.ts';
import { addFirstToken } from './sql/add-first-token.ts';
import { addToken } from './sql/add-token.ts';
import { findToken } from './sql/find-token.ts';
import { listTokens } from './sql/list-tokens.ts';
import { revokeToken } from './sql/revoke-token.ts';
import { touchToken } from './sql/touch-token.ts';

/** Every method is one statement, and so one transaction. */
export function createPostgresTokenStore(db: Queries): TokenStore {
  return {
    async add(stored, signal) {
      const rows = await db.query(addToken, toParameters(stored), signal);
      return rows.length > 0 ? 'added' : 'name-taken';
    },
    async addFirst(stored, signal) {
      const rows = await db.query(addFirstToken, toParameters(stored), signal);
      return rows.length > 0;
    },
    async findByHash(hash, signal) {
      const [row] = await db.query(findToken, [hash], signal);
      return row && { hash: row.hash as SecretHash, token: toToken(row) };
    },
    async list({ userId, name, includeRevoked, limit }, signal) {
      const parameters = [userId ?? null, name ?? null, includeRevoked, limit];
      return (await db.query(listTokens, parameters, signal)).map(toToken);
    },
    async revoke(id, atMs, signal) {
      const [row] = await db.query(revokeToken, [id, encodeTimestamp(atMs)], signal);
      return row && toToken(row);
    },
    async touch(id, atMs, signal) {
      await db.query(touchToken, [id, encodeTimestamp(atMs)], signal);
    },
  };
}

function toParameters({ hash, token }: StoredToken): readonly SqlParameter[] {
  const { id, userId, name, scopes, createdAtMs, expiresAtMs } = token;
  const expiresAt = expiresAtMs === null ? null : encodeTimestamp(expiresAtMs);
  return [id, hash, userId, name, scopes, encodeTimestamp(createdAtMs), expiresAt];
}

import { encodeTimestamp, type Queries } from '@daywatch/service-kit/postgres';

import type { SessionStore } from '../../session/session-store.ts';
import { toSession } from './rows.ts';
import { addCode } from './sql/add-code.ts';
import { findSession } from './sql/find-session.ts';
import { redeemCode } from './sql/redeem-code.ts';
import { removeExpired } from './sql/remove-expired.ts';
import { removeSession } from './sql/remove-session.ts';

/** Every method is one statement, and so one transaction. */
export function createPostgresSessionStore(db: Queries): SessionStore {
  return {
    async addCode({ hash, userId, scopes, createdAtMs, expiresAtMs, tokenId }, signal) {
      const times = [encodeTimestamp(createdAtMs), encodeTimestamp(expiresAtMs)];
      await db.query(addCode, [hash, userId, scopes, ...times, tokenId ?? null], signal);
    },
    async redeemCode(codeHash, { hash, createdAtMs, expiresAtMs }, signal) {
      const times = [encodeTimestamp(createdAtMs), encodeTimestamp(expiresAtMs)];
      const [row] = await db.query(redeemCode, [codeHash, hash, ...times], signal);
      return row && toSession(row);
    },
    async findByHash(hash, signal) {
      const [row] = await db.query(findSession, [hash], signal);
      return row && toSession(row);
    },
    async remove(hash, signal) {
      await db.query(removeSession, [hash], signal);
    },
    async removeExpired(atMs, limit, signal) {
      await db.query(removeExpired, [encodeTimestamp(atMs), limit], signal);
    },
  };
}

import type { SecretHash } from '../../secret-hash.ts';
import type { SessionStore } from '../../session/session-store.ts';
import type { Session, SignInCode } from '../../session/session.ts';
import type { TokenId } from '../../token/token.ts';
import type { UserId } from '../../user/user-id.ts';

/**
 * Every method is one synchronous step, so nothing happens in between.
 * @param revoked the tokens that are revoked.
 */
export function createMemorySessionStore(users: Set<UserId>, revoked: ReadonlySet<TokenId>): SessionStore {
  const codes = new Map<SecretHash, SignInCode>();
  const sessions = new Map<SecretHash, Session>();
  return {
    async addCode(code, signal) {
      signal?.throwIfAborted();
      users.add(code.userId);
      codes.set(code.hash, code);
    },
    async redeemCode(codeHash, draft, signal) {
      signal?.throwIfAborted();
      const code = codes.get(codeHash);
      if (code === undefined || code.expiresAtMs <= draft.createdAtMs) return undefined;
      codes.delete(codeHash);
      const { userId, scopes, tokenId } = code;
      const session: Session = { ...draft, userId, scopes, ...(tokenId !== undefined && { tokenId }) };
      sessions.set(session.hash, session);
      return session;
    },
    async findByHash(hash, signal) {
      signal?.throwIfAborted();
      const session = sessions.get(hash);
      return session?.tokenId !== undefined && revoked.has(session.tokenId) ? undefined : session;
    },
    async remove(hash, signal) {
      signal?.throwIfAborted();
      sessions.delete(hash);
    },
    async removeExpired(atMs, limit, signal) {
      signal?.throwIfAborted();
      removeExpired(codes, atMs, limit);
      removeExpired(sessions, atMs, limit);
    },
  };
}

function removeExpired(
  entries: Map<SecretHash, { readonly expiresAtMs: number }>,
  atMs: number,
  limit: number,
): void {
  const expired = [...entries].filter(([, { expiresAtMs }]) => expiresAtMs < atMs).slice(0, limit);
  for (const [hash] of expired) entries.delete(hash);
}

import type { SecretHash } from '../../secret-hash.ts';
import type { SessionStore } from '../../session/session-store.ts';
import type { Session, SignInCode } from '../../session/session.ts';
import type { UserId } from '../../user/user-id.ts';

/** Every method is one synchronous step, so nothing happens in between. */
export function createMemorySessionStore(users: Set<UserId>): SessionStore {
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
      const session: Session = { ...draft, userId: code.userId, scopes: code.scopes };
      sessions.set(session.hash, session);
      return session;
    },
    async findByHash(hash, signal) {
      signal?.throwIfAborted();
      return sessions.get(hash);
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

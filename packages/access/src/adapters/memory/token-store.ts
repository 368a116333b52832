import type { SecretHash } from '../../secret-hash.ts';
import type { TokenStore } from '../../token/token-store.ts';
import type { StoredToken, Token, TokenId } from '../../token/token.ts';
import type { UserId } from '../../user/user-id.ts';

/**
 * Every method is one synchronous step, so nothing happens in between.
 * @param revoked takes the tokens that are revoked.
 */
export function createMemoryTokenStore(users: Set<UserId>, revoked: Set<TokenId>): TokenStore {
  const byHash = new Map<SecretHash, StoredToken>();
  let isFirstTaken = false;

  function add(stored: StoredToken): 'added' | 'name-taken' {
    for (const { token } of byHash.values()) {
      if (token.revokedAtMs === null && isSameName(token, stored.token)) return 'name-taken';
    }
    users.add(stored.token.userId);
    byHash.set(stored.hash, stored);
    return 'added';
  }

  function change(id: TokenId, apply: (token: Token) => Token): Token | undefined {
    for (const stored of byHash.values()) {
      if (stored.token.id !== id) continue;
      const token = apply(stored.token);
      byHash.set(stored.hash, { ...stored, token });
      return token;
    }
    return undefined;
  }

  return {
    async add(stored, signal) {
      signal?.throwIfAborted();
      return add(stored);
    },
    async addFirst(stored, signal) {
      signal?.throwIfAborted();
      if (isFirstTaken || users.size > 0) return false;
      isFirstTaken = true;
      return add(stored) === 'added';
    },
    async findByHash(hash, signal) {
      signal?.throwIfAborted();
      return byHash.get(hash);
    },
    async list({ userId, name, includeRevoked, limit }, signal) {
      signal?.throwIfAborted();
      return Array.from(byHash.values(), ({ token }) => token)
        .filter((token) => userId === undefined || token.userId === userId)
        .filter((token) => name === undefined || token.name === name)
        .filter((token) => includeRevoked || token.revokedAtMs === null)
        .sort(compareTokens)
        .slice(0, limit);
    },
    async revoke(id, atMs, signal) {
      signal?.throwIfAborted();
      revoked.add(id);
      return change(id, (token) => ({ ...token, revokedAtMs: token.revokedAtMs ?? atMs }));
    },
    async touch(id, atMs, signal) {
      signal?.throwIfAborted();
      change(id, (token) => ({ ...token, lastUsedAtMs: Math.max(token.lastUsedAtMs ?? atMs, atMs) }));
    },
  };
}

function isSameName(a: Token, b: Token): boolean {
  return a.userId === b.userId && a.name === b.name;
}

function compareTokens(a: Token, b: Token): number {
  return compareText(a.userId, b.userId) || a.createdAtMs - b.createdAtMs || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

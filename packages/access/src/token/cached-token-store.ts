import type { Clock } from '../clock.ts';
import { LookupCache } from '../lookup-cache.ts';
import type { SecretHash } from '../secret-hash.ts';
import { waitFor } from '../wait-for.ts';
import type { TokenStore } from './token-store.ts';
import type { StoredToken, Token } from './token.ts';

/** A token that another process revoked stops working here within this time. */
export const TOKEN_CACHE_TTL_MS = 5000;

/** How far apart the noted uses of a token are at least. */
export const LAST_USED_STEP_MS = 10 * 60_000;

const MISS_TTL_MS = 1000;
const MAX_ENTRIES = 10_000;

/** A store of tokens that remembers for a short time whom a secret belongs to. */
export interface CachedTokenStore extends TokenStore {
  /** What is known of a secret without asking the store; `value` is undefined where there is no such token. */
  peek(hash: SecretHash): { readonly value: StoredToken | undefined } | undefined;
}

export interface TokenCacheOptions {
  readonly clock: Clock;
  /** Told when the last use of a token could not be noted, which never fails a request. */
  readonly onTouchError?: (error: unknown) => void;
  /** Told after a token was revoked through this store: `forget` of the cached sessions, which end with it. */
  readonly onRevoke?: () => void;
}

/**
 * Puts a cache before a store, and notes now and then that a token is in use. Revoke through the cached
 * store, so that the token stops working here at once.
 */
export function cacheTokens(
  store: TokenStore,
  { clock, onTouchError, onRevoke }: TokenCacheOptions,
): CachedTokenStore {
  const cache = new LookupCache<StoredToken>({
    clock,
    ttlMs: TOKEN_CACHE_TTL_MS,
    missTtlMs: MISS_TTL_MS,
    maxEntries: MAX_ENTRIES,
  });

  async function load(hash: SecretHash): Promise<StoredToken | undefined> {
    const stored = await store.findByHash(hash);
    const nowMs = clock.now();
    if (stored !== undefined && isUseWorthNoting(stored.token, nowMs)) {
      // Nobody waits for this: a use that is not noted is no reason to refuse or delay a request.
      store.touch(stored.token.id, nowMs).catch((error: unknown) => onTouchError?.(error));
    }
    return stored;
  }

  /** Forgets everything after a change, also a failed one: its outcome may be unknown. Changes are rare. */
  async function changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      cache.clear();
    }
  }

  return {
    peek: (hash) => cache.peek(hash),
    findByHash: (hash, signal) =>
      waitFor(
        cache.get(hash, () => load(hash)),
        signal,
      ),
    add: (stored, signal) => changing(() => store.add(stored, signal)),
    addFirst: (stored, signal) => changing(() => store.addFirst(stored, signal)),
    revoke: async (id, atMs, signal) => {
      try {
        return await changing(() => store.revoke(id, atMs, signal));
      } finally {
        onRevoke?.();
      }
    },
    list: (query, signal) => store.list(query, signal),
    touch: (id, atMs, signal) => store.touch(id, atMs, signal),
  };
}

function isUseWorthNoting({ revokedAtMs, expiresAtMs, lastUsedAtMs }: Token, nowMs: number): boolean {
  if (revokedAtMs !== null || (expiresAtMs !== null && expiresAtMs <= nowMs)) return false;
  return lastUsedAtMs === null || nowMs - lastUsedAtMs >= LAST_USED_STEP_MS;
}

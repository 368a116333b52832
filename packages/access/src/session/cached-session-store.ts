import type { Clock } from '../clock.ts';
import { LookupCache } from '../lookup-cache.ts';
import type { SecretHash } from '../secret-hash.ts';
import { waitFor } from '../wait-for.ts';
import type { SessionStore } from './session-store.ts';
import type { Session } from './session.ts';

/** A session that ended in another process stops working here within this time. */
export const SESSION_CACHE_TTL_MS = 5000;

const MISS_TTL_MS = 1000;
const MAX_ENTRIES = 10_000;

/** A store of sessions that remembers for a short time whom a cookie belongs to. */
export interface CachedSessionStore extends SessionStore {
  /** What is known of a cookie without asking the store; `value` is undefined where there is no such session. */
  peek(hash: SecretHash): { readonly value: Session | undefined } | undefined;
  /** Asks the store again about every cookie: something else than signing out has ended sessions. */
  readonly forget: () => void;
}

/** Puts a cache before a store. Sign out through the cached store, so that the session ends here at once. */
export function cacheSessions(store: SessionStore, { clock }: { readonly clock: Clock }): CachedSessionStore {
  const cache = new LookupCache<Session>({
    clock,
    ttlMs: SESSION_CACHE_TTL_MS,
    missTtlMs: MISS_TTL_MS,
    maxEntries: MAX_ENTRIES,
  });
  return {
    peek: (hash) => cache.peek(hash),
    forget: () => cache.clear(),
    findByHash: (hash, signal) =>
      waitFor(
        cache.get(hash, () => store.findByHash(hash)),
        signal,
      ),
    remove: async (hash, signal) => {
      try {
        await store.remove(hash, signal);
      } finally {
        cache.clear();
      }
    },
    addCode: (code, signal) => store.addCode(code, signal),
    redeemCode: (hash, session, signal) => store.redeemCode(hash, session, signal),
    removeExpired: (atMs, limit, signal) => store.removeExpired(atMs, limit, signal),
  };
}

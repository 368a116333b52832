import type { AccessStores } from '../../stores.ts';
import type { TokenId } from '../../token/token.ts';
import type { UserId } from '../../user/user-id.ts';
import { createMemorySessionStore } from './session-store.ts';
import { createMemoryTokenStore } from './token-store.ts';

/** Keeps users, tokens and sessions in this process: for `storage.type: memory`, and for tests. */
export function createMemoryAccess(): AccessStores {
  const users = new Set<UserId>();
  const revoked = new Set<TokenId>();
  return {
    tokens: createMemoryTokenStore(users, revoked),
    sessions: createMemorySessionStore(users, revoked),
  };
}

import type { SessionStore } from './session/session-store.ts';
import type { TokenStore } from './token/token-store.ts';

/** The stores of access; they share their users. */
export interface AccessStores {
  readonly tokens: TokenStore;
  readonly sessions: SessionStore;
}

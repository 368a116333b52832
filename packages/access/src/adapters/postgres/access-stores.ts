import type { Queries } from '@daywatch/service-kit/postgres';

import type { AccessStores } from '../../stores.ts';
import { createPostgresSessionStore } from './session-store.ts';
import { createPostgresTokenStore } from './token-store.ts';

/** Keeps users, tokens and sessions in the schema `access`, which `migrate` has made. */
export function createPostgresAccess(db: Queries): AccessStores {
  return { tokens: createPostgresTokenStore(db), sessions: createPostgresSessionStore(db) };
}

import {
  cacheSessions,
  cacheTokens,
  checkAuthConfig,
  createAuthenticator,
  ErrAuthConfig,
  type Authenticator,
  type AuthPolicy,
} from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { ConfigError } from '@daywatch/service-kit/config';
import type { Postgres } from '@daywatch/service-kit/postgres';
import type { RestapiConfig } from './config.ts';

/**
 * Checks that `auth.*` and the address go together.
 * @throws ConfigError
 */
export function readAuthPolicy({ auth, http }: Pick<RestapiConfig, 'auth' | 'http'>): AuthPolicy {
  try {
    return checkAuthConfig({
      mode: auth.mode,
      gateways: auth.gateways,
      host: http.host,
      isMonitorReadApi: true,
      allowNoneOnNetwork: auth.allow_none_on_network,
    });
  } catch (error) {
    if (error instanceof ErrAuthConfig) throw new ConfigError(error.message, { cause: error });
    throw error;
  }
}

/** Knows the tokens and sessions that the calendar's side has made. */
export function createReader(policy: AuthPolicy, db: Postgres): Authenticator {
  const clock = { now: () => Date.now() };
  const stores = createPostgresAccess(db);
  // This process only reads: that a token was used is noted where it is used for the calendar.
  const tokens = cacheTokens({ ...stores.tokens, touch: async () => {} }, { clock });
  return createAuthenticator({ policy, tokens, sessions: cacheSessions(stores.sessions, { clock }), clock });
}

import {
  bootstrapToken,
  cacheSessions,
  cacheTokens,
  checkAuthConfig,
  createAuthenticator,
  ErrAuthConfig,
  type AccessStores,
  type Authenticator,
  type AuthPolicy,
  type SessionContext,
  type TokenContext,
} from '@daywatch/access';
import { ConfigError } from '@daywatch/service-kit/config';
import type { Logger } from '@daywatch/service-kit/log';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CalendarApiConfig } from './config.ts';

/** Who may come in, and the means to let somebody in: tokens and sign-in links. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly context: TokenContext & SessionContext;
}

export function createAccess(policy: AuthPolicy, stores: AccessStores, logger: Logger): Access {
  const clock = { now: () => Date.now() };
  const sessions = cacheSessions(stores.sessions, { clock });
  const tokens = cacheTokens(stores.tokens, {
    clock,
    onRevoke: sessions.forget,
    onTouchError: (error) => logger.debug({ err: error }, 'the last use of a token was not noted'),
  });
  return {
    authenticator: createAuthenticator({ policy, tokens, sessions, clock }),
    context: { tokens, sessions, clock, random: (size) => randomBytes(size) },
  };
}

/**
 * Checks that `auth.*` and the address go together.
 * @throws ConfigError
 */
export function readAuthPolicy({ auth, http }: Pick<CalendarApiConfig, 'auth' | 'http'>): AuthPolicy {
  const settings = { isMonitorReadApi: false, allowNoneOnNetwork: false };
  try {
    return checkAuthConfig({ mode: auth.mode, gateways: auth.gateways, host: http.host, ...settings });
  } catch (error) {
    if (error instanceof ErrAuthConfig) throw new ConfigError(error.message, { cause: error });
    throw error;
  }
}

/**
 * Takes the first token from `auth.bootstrap_token_file`, when there is no user yet.
 * @throws ErrAuthConfig where the file holds no good token.
 */
export async function takeBootstrapToken(
  { bootstrap_token_file: file, bootstrap_user: userId }: CalendarApiConfig['auth'],
  context: TokenContext,
  logger: Logger,
): Promise<void> {
  if (file === undefined) return;
  let fileText: string;
  try {
    fileText = await readFile(file, 'utf8');
  } catch (error) {
    // It may be gone on purpose: it is needed for the very first start alone.
    logger.warn(`auth.bootstrap_token_file: '${file}' cannot be read: ${(error as Error).message}`);
    return;
  }
  const result = await bootstrapToken(context, { fileText, userId });
  if (result.kind === 'taken') {
    logger.info(`the token in auth.bootstrap_token_file is now a token of the user '${userId}'`);
  }
}

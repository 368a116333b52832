import type { TokenContext } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { ConfigError } from '@daywatch/service-kit/config';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { randomBytes } from 'node:crypto';
import { storageTypeOf, type CalendarApiConfig } from '../config.ts';

/**
 * Runs `work` on the tokens in the configured database.
 * @throws ConfigError where there is none: tokens in the memory of a server are out of reach.
 */
export async function withConfiguredTokens(
  { storage }: Pick<CalendarApiConfig, 'storage'>,
  work: (context: TokenContext) => Promise<void>,
): Promise<void> {
  if (storageTypeOf(storage) === 'memory') {
    throw new ConfigError(
      "storage.type: 'memory' keeps tokens inside of the server, where no command reaches them; allowed is postgres with storage.dsn, or give the server a token with auth.bootstrap_token_file",
    );
  }
  await using db = openPostgres({
    dsn: storage.dsn ?? '',
    applicationName: 'daywatch_token',
    maxConnections: 1,
  });
  await work({
    tokens: createPostgresAccess(db).tokens,
    clock: { now: () => Date.now() },
    random: (size) => randomBytes(size),
  });
}

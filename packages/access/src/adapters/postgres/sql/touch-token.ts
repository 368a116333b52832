import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 id, $2 when. Processes that note the same use at once write one row version, not many. */
export const touchToken: SqlStatement = {
  name: 'access.touch-token',
  text: `
    UPDATE access.tokens SET last_used_at = $2
    WHERE token_id = $1 AND (last_used_at IS NULL OR last_used_at < $2)`,
};

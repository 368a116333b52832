import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { TOKEN_COLUMNS, type TokenRow } from '../rows.ts';

/** $1 user or null, $2 name or null, $3 also revoked ones, $4 limit. */
export const listTokens: SqlStatement<TokenRow> = {
  name: 'access.list-tokens',
  text: `
    SELECT ${TOKEN_COLUMNS} FROM access.tokens
    WHERE ($1::text IS NULL OR user_id = $1)
      AND ($2::text IS NULL OR name = $2)
      AND ($3 OR revoked_at IS NULL)
    ORDER BY user_id, created_at, token_id
    LIMIT $4`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { TOKEN_COLUMNS, type TokenRow } from '../rows.ts';

/** $1 id, $2 when; the first time stays. */
export const revokeToken: SqlStatement<TokenRow> = {
  name: 'access.revoke-token',
  text: `
    UPDATE access.tokens SET revoked_at = coalesce(revoked_at, $2) WHERE token_id = $1
    RETURNING ${TOKEN_COLUMNS}`,
};

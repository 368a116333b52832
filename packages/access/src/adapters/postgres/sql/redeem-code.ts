import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { SESSION_COLUMNS, type SessionRow } from '../rows.ts';

/**
 * $1 hash of the code, $2 hash of the session, $3 created, $4 expires. The row of a code can be deleted
 * once, so of statements that run at once one makes a session; a crash leaves either the code or the session.
 */
export const redeemCode: SqlStatement<SessionRow> = {
  name: 'access.redeem-code',
  text: `
    WITH used AS (
      DELETE FROM access.sign_in_codes WHERE hash = $1 AND expires_at > $3 RETURNING user_id, scopes, token_id
    )
    INSERT INTO access.sessions (hash, user_id, scopes, created_at, expires_at, token_id)
    SELECT $2, user_id, scopes, $3, $4, token_id FROM used
    RETURNING ${SESSION_COLUMNS}`,
};

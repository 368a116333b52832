import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { SESSION_COLUMNS, type SessionRow } from '../rows.ts';

/** $1 hash. The token is looked at, rather than sessions removed with it: one that begins meanwhile is met too. */
export const findSession: SqlStatement<SessionRow> = {
  name: 'access.find-session',
  isQuickRead: true,
  text: `
    SELECT ${SESSION_COLUMNS} FROM access.sessions s
    WHERE hash = $1
      AND NOT EXISTS (SELECT FROM access.tokens t WHERE t.token_id = s.token_id AND t.revoked_at IS NOT NULL)`,
};

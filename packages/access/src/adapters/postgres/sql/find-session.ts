import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { SESSION_COLUMNS, type SessionRow } from '../rows.ts';

/** $1 hash. */
export const findSession: SqlStatement<SessionRow> = {
  name: 'access.find-session',
  isQuickRead: true,
  text: `
    SELECT ${SESSION_COLUMNS} FROM access.sessions WHERE hash = $1`,
};

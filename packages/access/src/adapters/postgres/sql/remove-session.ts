import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 hash. */
export const removeSession: SqlStatement = {
  name: 'access.remove-session',
  text: `
    DELETE FROM access.sessions WHERE hash = $1`,
};

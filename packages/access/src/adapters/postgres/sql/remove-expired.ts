import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * $1 when, $2 how many of each at most. Rows that others delete at this moment are left to them, so that
 * sweeps neither wait for each other nor deadlock.
 */
export const removeExpired: SqlStatement = {
  name: 'access.remove-expired',
  text: `
    WITH codes AS (
      DELETE FROM access.sign_in_codes WHERE hash IN (
        SELECT hash FROM access.sign_in_codes WHERE expires_at < $1
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
      )
    )
    DELETE FROM access.sessions WHERE hash IN (
      SELECT hash FROM access.sessions WHERE expires_at < $1
      ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )`,
};

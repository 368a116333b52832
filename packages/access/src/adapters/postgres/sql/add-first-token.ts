import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Parameters as of addToken. No row: there is a user already, or the first token was taken. Of statements that
 * run at once one gets the row of access.bootstrap; the others wait for its commit and get none.
 */
export const addFirstToken: SqlStatement<{ readonly token_id: string }> = {
  name: 'access.add-first-token',
  text: `
    WITH claimed AS (
      INSERT INTO access.bootstrap (taken_at)
      SELECT $6 WHERE NOT EXISTS (SELECT FROM access.users)
      ON CONFLICT DO NOTHING
      RETURNING taken_at
    ), new_user AS (
      INSERT INTO access.users (user_id, created_at) SELECT $3, taken_at FROM claimed ON CONFLICT DO NOTHING
    )
    INSERT INTO access.tokens (token_id, hash, user_id, name, scopes, created_at, expires_at)
    SELECT $1, $2, $3, $4, $5, taken_at, $7 FROM claimed
    RETURNING token_id`,
};

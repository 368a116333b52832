import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 id, $2 hash, $3 user, $4 name, $5 scopes, $6 created, $7 expires. No row: the name is taken. */
export const addToken: SqlStatement<{ readonly token_id: string }> = {
  name: 'access.add-token',
  text: `
    WITH new_user AS (
      INSERT INTO access.users (user_id, created_at) VALUES ($3, $6) ON CONFLICT DO NOTHING
    )
    INSERT INTO access.tokens (token_id, hash, user_id, name, scopes, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (user_id, name) WHERE revoked_at IS NULL DO NOTHING
    RETURNING token_id`,
};

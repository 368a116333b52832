import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 hash, $2 user, $3 scopes, $4 created, $5 expires, $6 the token that it is made with, if it is. */
export const addCode: SqlStatement = {
  name: 'access.add-code',
  text: `
    WITH new_user AS (
      INSERT INTO access.users (user_id, created_at) VALUES ($2, $4) ON CONFLICT DO NOTHING
    )
    INSERT INTO access.sign_in_codes (hash, user_id, scopes, created_at, expires_at, token_id)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

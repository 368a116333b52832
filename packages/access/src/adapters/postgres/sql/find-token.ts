import type { SqlStatement } from '@daywatch/service-kit/postgres';

import { TOKEN_COLUMNS, type TokenRow } from '../rows.ts';

/** $1 hash. */
export const findToken: SqlStatement<TokenRow & { readonly hash: string }> = {
  name: 'access.find-token',
  isQuickRead: true,
  text: `
    SELECT hash, ${TOKEN_COLUMNS} FROM access.tokens WHERE hash = $1`,
};

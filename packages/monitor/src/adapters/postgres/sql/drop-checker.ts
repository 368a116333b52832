import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker. Its targets become free. */
export const dropChecker: SqlStatement = {
  name: 'monitor.drop-checker',
  text: 'DELETE FROM monitor.checker WHERE id = $1::uuid',
};

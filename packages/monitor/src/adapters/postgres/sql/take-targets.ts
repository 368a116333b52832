import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker, $2 ids. */
export const takeTargets: SqlStatement = {
  name: 'monitor.take-targets',
  text: 'UPDATE monitor.target SET checker_id = $1::uuid WHERE id = ANY ($2::text[])',
};

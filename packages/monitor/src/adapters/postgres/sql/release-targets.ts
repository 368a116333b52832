import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker, $2 ids. */
export const releaseTargets: SqlStatement = {
  name: 'monitor.release-targets',
  text: 'UPDATE monitor.target SET checker_id = NULL WHERE checker_id = $1::uuid AND id = ANY ($2::text[])',
};

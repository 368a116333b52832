import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time of a result. */
export const ensureCheckPartition: SqlStatement = {
  name: 'checks.ensure-partition',
  text: 'SELECT monitor.ensure_check_partition($1::bigint)',
};

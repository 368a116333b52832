import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time at which a block begins. */
export const ensureBlockPartition: SqlStatement = {
  name: 'series.ensure-block-partition',
  text: 'SELECT monitor.ensure_block_partition($1::bigint)',
};

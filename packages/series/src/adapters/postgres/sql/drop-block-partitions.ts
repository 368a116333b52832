import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time before which everything goes. */
export const dropBlockPartitions: SqlStatement<{ readonly name: string }> = {
  name: 'series.drop-block-partitions',
  text: 'SELECT name FROM monitor.drop_block_partitions($1::bigint) AS name',
};

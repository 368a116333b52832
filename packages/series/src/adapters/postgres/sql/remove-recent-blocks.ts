import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time before which everything goes. */
export const removeRecentBlocks: SqlStatement = {
  name: 'series.remove-recent-blocks',
  text: 'DELETE FROM monitor.recent_block WHERE to_ms < $1::bigint',
};

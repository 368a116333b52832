import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time before which everything goes. */
export const dropCheckPartitions: SqlStatement<{ readonly name: string }> = {
  name: 'checks.drop-partitions',
  text: 'SELECT name FROM monitor.drop_check_partitions($1::bigint) AS name',
};

/** $1 the same. A row for each day and subject: so few that they are not worth partitions. */
export const removeCheckDays: SqlStatement = {
  name: 'checks.remove-days',
  text: 'DELETE FROM monitor.check_day WHERE start_ms + 86400000 <= $1::bigint',
};

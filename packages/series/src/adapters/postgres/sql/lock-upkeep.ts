import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 source. False: another process packs this source at the moment. */
export const lockUpkeep: SqlStatement<{ readonly taken: boolean }> = {
  name: 'series.lock-upkeep',
  text: "SELECT pg_try_advisory_xact_lock(hashtext('monitor.scrape'), $1::int) AS taken",
};

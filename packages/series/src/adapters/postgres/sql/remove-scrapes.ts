import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 source, $2 from, $3 to, both inclusive. A row for each that was removed. */
export const removeScrapes: SqlStatement<{ readonly one: number }> = {
  name: 'series.remove-scrapes',
  text: `
    DELETE FROM monitor.scrape WHERE source_id = $1 AND at_ms BETWEEN $2::bigint AND $3::bigint RETURNING 1 AS one`,
};

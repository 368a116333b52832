import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 source. */
export const hasScrapes: SqlStatement<{ readonly found: boolean }> = {
  name: 'series.has-scrapes',
  text: 'SELECT EXISTS (SELECT FROM monitor.scrape WHERE source_id = $1) AS found',
};

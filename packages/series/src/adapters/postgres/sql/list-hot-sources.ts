import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 how many scrapes are enough, $2 the time before which fewer are. */
export const listHotSources: SqlStatement<{ readonly source_id: number }> = {
  name: 'series.list-hot-sources',
  text: `
    SELECT source_id FROM monitor.scrape GROUP BY source_id
    HAVING count(*) >= $1::int OR min(at_ms) < $2::bigint ORDER BY source_id`,
};

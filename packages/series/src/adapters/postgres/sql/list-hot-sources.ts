import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface HotSource {
  readonly id: number;
  readonly key: string;
}

/** $1 how many scrapes are enough, $2 the time before which fewer are. */
export const listHotSources: SqlStatement<HotSource> = {
  name: 'series.list-hot-sources',
  text: `
    SELECT id, key FROM monitor.source WHERE id IN (
      SELECT source_id FROM monitor.scrape GROUP BY source_id
      HAVING count(*) >= $1::int OR min(at_ms) < $2::bigint) ORDER BY id`,
};

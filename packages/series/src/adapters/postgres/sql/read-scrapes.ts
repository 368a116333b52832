import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScrapeRow } from '../stretch.ts';

export interface SourcedScrape extends ScrapeRow {
  readonly source_id: number;
}

/** $1 sources, $2 from, inclusive, $3 to, exclusive. */
export const readScrapes: SqlStatement<SourcedScrape> = {
  name: 'series.read-scrapes',
  text: `
    SELECT source_id, at_ms, number, layout_id, is_up, duration_seconds, samples, cells
      FROM monitor.scrape
     WHERE source_id = ANY ($1::int[]) AND at_ms >= $2::bigint AND at_ms < $3::bigint`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScrapeRow } from '../stretch.ts';

/** $1 source, $2 how many at most, the oldest first. */
export const listScrapesOfSource: SqlStatement<ScrapeRow> = {
  name: 'series.list-scrapes-of-source',
  text: `
    SELECT at_ms, number, layout_id, is_up, duration_seconds, samples, cells
      FROM monitor.scrape WHERE source_id = $1 ORDER BY at_ms LIMIT $2`,
};

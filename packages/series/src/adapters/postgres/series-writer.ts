import type { Postgres, Queries } from '@daywatch/service-kit/postgres';

import { InvalidScrapeError } from '../../errors.ts';
import { checkLabels } from '../../labels/check-labels.ts';
import { checkLayout, checkScrape } from '../../write/check-scrape.ts';
import type { LayoutId, SeriesWriter, SourceId } from '../../write/series-writer.ts';
import { appendScrapes, type Appended } from './append-scrapes.ts';
import { BoundedMap } from './bounded-map.ts';
import { createCatalog } from './catalog.ts';
import { getLayouts } from './sql/get-layouts.ts';

const REMEMBERED_LAYOUTS = 10_000;
const REMEMBERED_USES = 100_000;

export function createPostgresWriter(db: Postgres): SeriesWriter {
  const catalog = createCatalog(db);
  const layoutLengths = new BoundedMap<number, number>(REMEMBERED_LAYOUTS);
  const usedLayouts = new BoundedMap<string, number>(REMEMBERED_USES);

  async function lengthOf(layout: LayoutId, signal?: AbortSignal): Promise<number> {
    const known = layoutLengths.get(layout);
    if (known !== undefined) return known;
    const [row] = await db.query(getLayouts, [[layout]], signal);
    if (!row) throw new InvalidScrapeError(`there is no layout ${layout}: register it before`);
    layoutLengths.set(layout, row.series.length);
    return row.series.length;
  }

  return {
    async openSource(key, labels, signal) {
      checkLabels(labels);
      return (await catalog.sourceId(key, labels, signal)) as SourceId;
    },
    async registerLayout(series, signal) {
      checkLayout(series);
      const id = await catalog.layoutId(series, signal);
      layoutLengths.set(id, series.length);
      return id as LayoutId;
    },
    async append(scrapes, signal) {
      for (const scrape of scrapes) checkScrape(scrape, await lengthOf(scrape.layout, signal));
      if (scrapes.length === 0) return [];
      const append = (queries: Queries): Promise<Appended> => appendScrapes(queries, scrapes, usedLayouts);
      const { outcomes, noted } = await db.transaction(append, signal);
      for (const [use, atMs] of noted) usedLayouts.set(use, atMs);
      return outcomes;
    },
  };
}

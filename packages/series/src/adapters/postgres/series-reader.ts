import type { Postgres } from '@daywatch/service-kit/postgres';

import { collectNames, collectValues, sortSeries } from '../../read/series-lists.ts';
import type { SeriesReader } from '../../read/series-reader.ts';
import type { Matcher } from '../../matcher/matcher.ts';
import { BlockShelf } from './block-shelf.ts';
import { createColumnFinder } from './column-finder.ts';
import type { LocatedSeries } from './find-columns.ts';
import { createLabelBook } from './label-book.ts';
import { openAnew } from './open-blocks.ts';
import { readSamples } from './read-samples.ts';
import { createSourceBook } from './source-book.ts';
import { boundSamples } from './sql/bound-samples.ts';

/** About as many samples are unpacked together as are held in memory at once; few series have one more often than every second. */
const BATCH_SAMPLES = 500_000;
const MIN_BATCH = 64;
const MAX_BATCH = 2048;

export function createPostgresReader(db: Postgres): SeriesReader {
  const book = createLabelBook(db);
  const listSources = createSourceBook(db, book);
  const shelf = new BlockShelf();
  const findSeries = createColumnFinder(db, book);

  async function find(matchers: readonly Matcher[], signal?: AbortSignal): Promise<readonly LocatedSeries[]> {
    return findSeries(await listSources(signal), matchers, signal);
  }

  return {
    async bounds(matchers, signal) {
      const series = await find(matchers, signal);
      const sources = new Set(series.flatMap(({ places }) => places.map(sourceOf)));
      const [row] = await db.query(boundSamples, [[...sources]], signal);
      if (row?.first_ms == null || row.last_ms == null) return undefined;
      return { startMs: row.first_ms, endMs: row.last_ms + 1, series: series.length };
    },
    async *select({ matchers, startMs, endMs, isContinued = false }, signal) {
      const series = await find(matchers, signal);
      const opener = isContinued ? shelf.openerFor(series.flatMap(({ places }) => places)) : openAnew;
      const size = batchSize(endMs - startMs);
      for (let at = 0; at < series.length; at += size) {
        const batch = series.slice(at, at + size);
        for (const [i, samples] of (
          await readSamples(db, book, batch, { startMs, endMs }, opener, signal)
        ).entries()) {
          signal?.throwIfAborted();
          const { labels, own, source } = batch[i] as LocatedSeries;
          if (samples.count > 0) yield { labels, own, source, ...samples.build() };
        }
      }
    },
    async findSeries(matchers, limit, signal) {
      const series = await find(matchers, signal);
      return sortSeries(series.map(({ labels, own, source }) => ({ labels, own, source }))).slice(0, limit);
    },
    async labelNames(matchers, limit, signal) {
      return collectNames(await find(matchers, signal)).slice(0, limit);
    },
    async labelValues(name, matchers, limit, signal) {
      return collectValues(await find(matchers, signal), name).slice(0, limit);
    },
  };
}

function sourceOf({ source }: { readonly source: number }): number {
  return source;
}

/** How many series are unpacked together. Of a short period many, since each batch reads the scrapes of its targets anew. */
function batchSize(periodMs: number): number {
  return Math.min(MAX_BATCH, Math.max(MIN_BATCH, Math.floor(BATCH_SAMPLES / (periodMs / 1000))));
}

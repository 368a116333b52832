import type { Postgres } from '@daywatch/service-kit/postgres';

import { collectNames, collectValues, sortSeries } from '../../read/series-lists.ts';
import type { SeriesReader } from '../../read/series-reader.ts';
import type { Matcher } from '../../matcher/matcher.ts';
import { findColumns, type LocatedSeries } from './find-columns.ts';
import { createLabelBook } from './label-book.ts';
import { readSamples } from './read-samples.ts';
import { createSourceBook } from './source-book.ts';
import { boundSamples } from './sql/bound-samples.ts';

/** Series that are unpacked together: what is held in memory at once. */
const BATCH = 64;

export function createPostgresReader(db: Postgres): SeriesReader {
  const book = createLabelBook(db);
  const listSources = createSourceBook(db, book);

  async function find(matchers: readonly Matcher[], signal?: AbortSignal): Promise<readonly LocatedSeries[]> {
    return findColumns(db, book, await listSources(signal), matchers, signal);
  }

  return {
    async bounds(matchers, signal) {
      const sources = new Set((await find(matchers, signal)).flatMap(({ places }) => places.map(sourceOf)));
      const [row] = await db.query(boundSamples, [[...sources]], signal);
      if (row?.first_ms == null || row.last_ms == null) return undefined;
      return { startMs: row.first_ms, endMs: row.last_ms + 1 };
    },
    async *select({ matchers, startMs, endMs }, signal) {
      const series = await find(matchers, signal);
      for (let at = 0; at < series.length; at += BATCH) {
        const batch = series.slice(at, at + BATCH);
        for (const [i, samples] of (
          await readSamples(db, book, batch, { startMs, endMs }, signal)
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

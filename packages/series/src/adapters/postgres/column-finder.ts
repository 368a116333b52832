import type { Queries } from '@daywatch/service-kit/postgres';

import type { Matcher } from '../../matcher/matcher.ts';
import { BoundedMap } from './bounded-map.ts';
import { findColumns, type LocatedSeries } from './find-columns.ts';
import type { LabelBook } from './label-book.ts';
import type { KnownSource } from './source-book.ts';
import { listSourceLayouts } from './sql/list-source-layouts.ts';

/** Selectors that are asked for again and again: by a page, and by an answer that is read window by window. */
const REMEMBERED_SELECTORS = 32;
/** More series are found anew each time, rather than kept. */
const REMEMBERED_SERIES = 20_000;

export type FindSeries = (
  sources: readonly KnownSource[],
  matchers: readonly Matcher[],
  signal?: AbortSignal,
) => Promise<readonly LocatedSeries[]>;

interface Remembered {
  readonly sources: readonly KnownSource[];
  readonly uses: string;
  readonly found: readonly LocatedSeries[];
}

/**
 * Finds the matching series with their columns, and remembers them while the same sources use the same layouts: series
 * and layouts never change, and nothing new is stored without a layout that was not used before.
 */
export function createColumnFinder(db: Queries, book: LabelBook): FindSeries {
  const remembered = new BoundedMap<string, Remembered>(REMEMBERED_SELECTORS);

  return async (sources, matchers, signal) => {
    const rows = await db.query(listSourceLayouts, [sources.map(({ id }) => id)], signal);
    const uses = rows.map(({ source_id, layout_id }) => `${source_id} ${layout_id}`).join();
    const key = JSON.stringify(matchers.map(({ name, operator, value }) => [name, operator, value]));
    const known = remembered.get(key);
    if (known && known.sources === sources && known.uses === uses) return known.found;
    const found = await findColumns(db, book, { sources, uses: rows }, matchers, signal);
    if (found.length <= REMEMBERED_SERIES) remembered.set(key, { sources, uses, found });
    return found;
  };
}

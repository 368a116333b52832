import type { Queries } from '@daywatch/service-kit/postgres';

import type { Labels } from '../../labels/labels.ts';
import type { LabelBook } from './label-book.ts';
import { countSources } from './sql/count-sources.ts';
import { listSources } from './sql/list-sources.ts';

export interface KnownSource {
  readonly id: number;
  readonly labels: Labels;
}

/** All sources, read again only where one was added. */
export function createSourceBook(
  db: Queries,
  book: LabelBook,
): (signal?: AbortSignal) => Promise<readonly KnownSource[]> {
  let known: readonly KnownSource[] = [];
  let state = '0 null';

  return async (signal) => {
    const [row] = await db.query(countSources, [], signal);
    const current = `${row?.sources ?? 0} ${row?.latest ?? null}`;
    if (current === state) return known;
    const rows = await db.query(listSources, [], signal);
    const labels = await book.labelsOf(
      rows.map((source) => source.labels),
      signal,
    );
    known = rows.map(({ id }, i) => ({ id, labels: labels[i] as Labels }));
    // What was read may be newer than what was counted; then the next call reads once more.
    state = current;
    return known;
  };
}

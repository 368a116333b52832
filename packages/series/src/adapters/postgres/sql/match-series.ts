import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { SeriesRow } from './find-series.ts';

/**
 * Series with certain labels. The text depends on how many lists of labels are needed, since a plan that serves any
 * number could not use the index: $1 label ids of which a series has none, then a list each of which it has one.
 */
export function matchSeries(lists: number): SqlStatement<SeriesRow> {
  const needed = Array.from({ length: lists }, (_, i) => `labels && $${i + 2}::int[] AND `).join('');
  return {
    name: `series.match-series-${lists}`,
    text: `SELECT id, labels FROM monitor.series WHERE ${needed}NOT labels && $1::int[]`,
  };
}

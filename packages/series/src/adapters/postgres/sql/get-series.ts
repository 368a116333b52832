import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { SeriesRow } from './find-series.ts';

/** $1 ids, $2 label ids of which a series has none. */
export const getSeries: SqlStatement<SeriesRow> = {
  name: 'series.get-series',
  text: 'SELECT id, labels FROM monitor.series WHERE id = ANY ($1::int[]) AND NOT labels && $2::int[]',
};

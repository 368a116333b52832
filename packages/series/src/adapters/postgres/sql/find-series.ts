import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SeriesRow {
  readonly id: number;
  readonly labels: readonly number[];
}

/** $1 arrays of label ids, each as text ('{1,2}'). */
export const findSeries: SqlStatement<SeriesRow> = {
  name: 'series.find-series',
  text: `
    SELECT s.id, s.labels FROM unnest($1::text[]) AS w(labels) JOIN monitor.series s ON s.labels = w.labels::int[]`,
};

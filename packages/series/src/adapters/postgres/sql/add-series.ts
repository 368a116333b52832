import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 arrays of label ids, each as text ('{1,2}'), sorted. */
export const addSeries: SqlStatement = {
  name: 'series.add-series',
  text: `
    INSERT INTO monitor.series (labels) SELECT w.labels::int[] FROM unnest($1::text[]) AS w(labels)
    ON CONFLICT DO NOTHING`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 names, $2 values, pair by pair, sorted: two that add the same ones wait for each other in one order. */
export const addLabels: SqlStatement = {
  name: 'series.add-labels',
  text: `
    INSERT INTO monitor.label (name, value)
    SELECT name, value FROM unnest($1::text[], $2::text[]) AS w(name, value)
    ON CONFLICT DO NOTHING`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 how many. */
export const takeRuns: SqlStatement<{ readonly run: number }> = {
  name: 'series.take-runs',
  text: "SELECT nextval('monitor.run') AS run FROM generate_series(1, $1::int)",
};

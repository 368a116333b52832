import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import { createPostgresSeries } from '@daywatch/series/postgres';
import type { Postgres } from '@daywatch/service-kit/postgres';
import type { CheckerStores } from './checker-part.ts';

/** What a checker writes to, in PostgreSQL. */
export function openStores(db: Postgres): CheckerStores {
  return {
    series: createPostgresSeries(db),
    results: createPostgresCheckResults(db),
    targets: createPostgresTargets(db),
  };
}

import type { Postgres } from '@daywatch/service-kit/postgres';

import type { SeriesStores } from '../../stores.ts';
import { createPostgresReader } from './series-reader.ts';
import { createPostgresUpkeep, type UpkeepOptions } from './series-upkeep.ts';
import { createPostgresWriter } from './series-writer.ts';

/** Keeps series in the schema `monitor`, which `migrate` has made. */
export function createPostgresSeries(db: Postgres, options: UpkeepOptions = {}): SeriesStores {
  return {
    writer: createPostgresWriter(db),
    reader: createPostgresReader(db),
    upkeep: createPostgresUpkeep(db, options),
  };
}

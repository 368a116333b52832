import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the time before which a use is forgotten; one that goes on is noted anew every hour. */
export const forgetLayouts: SqlStatement = {
  name: 'series.forget-layouts',
  text: `
    DELETE FROM monitor.source_layout l WHERE last_ms < $1::bigint
       AND NOT EXISTS (SELECT FROM monitor.scrape s WHERE s.source_id = l.source_id)`,
};

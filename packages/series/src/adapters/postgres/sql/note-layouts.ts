import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Arrays of equal length: $1 source, $2 layout, $3 when it was used. Sorted by source and layout. */
export const noteLayouts: SqlStatement = {
  name: 'series.note-layouts',
  text: `
    INSERT INTO monitor.source_layout AS s (source_id, layout_id, last_ms)
    SELECT * FROM unnest($1::int[], $2::int[], $3::bigint[])
    ON CONFLICT (source_id, layout_id) DO UPDATE SET last_ms = excluded.last_ms WHERE s.last_ms < excluded.last_ms`,
};

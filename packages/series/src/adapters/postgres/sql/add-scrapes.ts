import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Arrays of equal length: $1 source, $2 time, $3 number, $4 layout, $5 up, $6 duration, $7 samples, $8 cells. */
export const addScrapes: SqlStatement = {
  name: 'series.add-scrapes',
  text: `
    INSERT INTO monitor.scrape (source_id, at_ms, number, layout_id, is_up, duration_seconds, samples, cells)
    SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::boolean[], $6::float8[], $7::int[], $8::bytea[])`,
};

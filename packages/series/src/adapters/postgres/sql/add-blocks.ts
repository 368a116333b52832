import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 source, $2 from, $3 to, $4 number, $5 layout, $6 count, $7 encoding; $8 the data of parts, $9 the first of them. */
const makeText = (table: string): string => `
    INSERT INTO monitor.${table} (source_id, part, from_ms, to_ms, number, layout_id, count, encoding, data)
    SELECT $1::int, $9::int + w.part - 1, $2::bigint, $3::bigint, $4::bigint, $5::int, $6::int, $7::smallint, w.data
      FROM unnest($8::bytea[]) WITH ORDINALITY AS w(data, part)`;

export const addRecentBlocks: SqlStatement = {
  name: 'series.add-recent-blocks',
  text: makeText('recent_block'),
};

export const addBlocks: SqlStatement = { name: 'series.add-blocks', text: makeText('block') };

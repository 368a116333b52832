import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface BlockRow {
  readonly source_id: number;
  readonly part: number;
  readonly from_ms: number;
  readonly number: number;
  readonly layout_id: number;
  readonly encoding: number;
  readonly data: Uint8Array;
}

/** Pair by pair: $1 sources, $2 parts; $3 from, inclusive, $4 to, exclusive, $5 how long a block may be. */
export const readBlocks: SqlStatement<BlockRow> = {
  name: 'series.read-blocks',
  text: `
    SELECT b.source_id, b.part, b.from_ms, b.number, b.layout_id, b.encoding, b.data
      FROM unnest($1::int[], $2::int[]) AS w(source_id, part)
      JOIN monitor.block b ON b.source_id = w.source_id AND b.part = w.part
     WHERE b.from_ms > $3::bigint - $5::bigint AND b.from_ms < $4::bigint AND b.to_ms >= $3::bigint
    UNION ALL
    SELECT b.source_id, b.part, b.from_ms, b.number, b.layout_id, b.encoding, b.data
      FROM unnest($1::int[], $2::int[]) AS w(source_id, part)
      JOIN monitor.recent_block b ON b.source_id = w.source_id AND b.part = w.part
     WHERE b.from_ms < $4::bigint AND b.to_ms >= $3::bigint
     ORDER BY from_ms`,
};

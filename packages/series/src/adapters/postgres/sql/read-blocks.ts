import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Tells a block from every other: what has this name never changes. */
export interface BlockName {
  readonly source_id: number;
  readonly part: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly number: number;
}

export interface BlockRow extends BlockName {
  readonly layout_id: number;
  readonly encoding: number;
  /** Null for a block that the asker knows. */
  readonly data: Uint8Array | null;
}

const COLUMNS = `b.source_id, b.part, b.from_ms, b.to_ms, b.number, b.layout_id, b.encoding,
           CASE WHEN k.part IS NULL THEN b.data END AS data`;

const KNOWN = `LEFT JOIN unnest($6::int[], $7::int[], $8::bigint[], $9::bigint[], $10::bigint[])
             AS k(source_id, part, from_ms, to_ms, number)
             ON (k.source_id, k.part, k.from_ms, k.to_ms, k.number) = (b.source_id, b.part, b.from_ms, b.to_ms, b.number)`;

/**
 * Pair by pair: $1 sources, $2 parts; $3 from, inclusive, $4 to, exclusive, $5 how long a block may be. Then the names of
 * blocks that the asker knows, by column: $6 sources, $7 parts, $8 from, $9 to, $10 numbers.
 */
export const readBlocks: SqlStatement<BlockRow> = {
  name: 'series.read-blocks',
  text: `
    SELECT ${COLUMNS}
      FROM unnest($1::int[], $2::int[]) AS w(source_id, part)
      JOIN monitor.block b ON b.source_id = w.source_id AND b.part = w.part
      ${KNOWN}
     WHERE b.from_ms > $3::bigint - $5::bigint AND b.from_ms < $4::bigint AND b.to_ms >= $3::bigint
    UNION ALL
    SELECT ${COLUMNS}
      FROM unnest($1::int[], $2::int[]) AS w(source_id, part)
      JOIN monitor.recent_block b ON b.source_id = w.source_id AND b.part = w.part
      ${KNOWN}
     WHERE b.from_ms < $4::bigint AND b.to_ms >= $3::bigint
     ORDER BY from_ms`,
};

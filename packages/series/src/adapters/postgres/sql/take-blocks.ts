import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface TakenBlock {
  readonly from_ms: number;
  readonly encoding: number;
  readonly data: Uint8Array;
}

/** $1 source, $2 from, $3 to, $4 part: removes it from the stretches that begin then, both inclusive, and answers its blocks. */
export const takeBlocks: SqlStatement<TakenBlock> = {
  name: 'series.take-blocks',
  text: `
    DELETE FROM monitor.recent_block
     WHERE source_id = $1 AND part = $4 AND from_ms BETWEEN $2::bigint AND $3::bigint
    RETURNING from_ms, encoding, data`,
};

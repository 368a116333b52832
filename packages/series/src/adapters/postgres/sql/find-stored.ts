import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface StoredRow {
  readonly source_id: number;
  readonly at_ms: number;
  /** The block of times that may hold it; null where the scrape is not sealed, and so is stored. */
  readonly data: Buffer | null;
}

/** Pair by pair: $1 source, $2 time; $3 how long a block may be. */
export const findStored: SqlStatement<StoredRow> = {
  name: 'series.find-stored',
  text: `
    SELECT w.source_id, w.at_ms, NULL::bytea AS data
      FROM unnest($1::int[], $2::bigint[]) AS w(source_id, at_ms)
      JOIN monitor.scrape s ON s.source_id = w.source_id AND s.at_ms = w.at_ms
    UNION ALL
    SELECT w.source_id, w.at_ms, b.data
      FROM unnest($1::int[], $2::bigint[]) AS w(source_id, at_ms)
      JOIN monitor.block b ON b.source_id = w.source_id AND b.part = 0
           AND b.from_ms <= w.at_ms AND b.from_ms > w.at_ms - $3::bigint AND b.to_ms >= w.at_ms
    UNION ALL
    SELECT w.source_id, w.at_ms, b.data
      FROM unnest($1::int[], $2::bigint[]) AS w(source_id, at_ms)
      JOIN monitor.recent_block b ON b.source_id = w.source_id AND b.part = 0
           AND b.from_ms <= w.at_ms AND b.to_ms >= w.at_ms`,
};

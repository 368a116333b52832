import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 sources. When their first and their last block begin. */
export const boundBlocks: SqlStatement<{
  readonly first_ms: number | null;
  readonly last_ms: number | null;
}> = {
  name: 'series.bound-blocks',
  text: `
    SELECT least(min(f.from_ms), min(r.first_ms)) AS first_ms, greatest(max(l.from_ms), max(r.last_ms)) AS last_ms
      FROM unnest($1::int[]) AS w(source_id)
      LEFT JOIN LATERAL (SELECT from_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms LIMIT 1) f ON true
      LEFT JOIN LATERAL (SELECT from_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT min(from_ms) AS first_ms, max(from_ms) AS last_ms FROM monitor.recent_block b
                          WHERE b.source_id = w.source_id AND b.part = 0) r ON true`,
};

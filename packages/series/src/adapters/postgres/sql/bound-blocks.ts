import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 sources. When their first and their last block begin. */
export const boundBlocks: SqlStatement<{
  readonly first_ms: number | null;
  readonly last_ms: number | null;
}> = {
  name: 'series.bound-blocks',
  text: `
    SELECT min(f.from_ms) AS first_ms, max(l.from_ms) AS last_ms
      FROM unnest($1::int[]) AS w(source_id)
      LEFT JOIN LATERAL (SELECT from_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms LIMIT 1) f ON true
      LEFT JOIN LATERAL (SELECT from_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms DESC LIMIT 1) l ON true`,
};

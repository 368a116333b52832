import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 sources. The times of their first and their last sample. */
export const boundSamples: SqlStatement<{
  readonly first_ms: number | null;
  readonly last_ms: number | null;
}> = {
  name: 'series.bound-samples',
  text: `
    SELECT least(min(f.from_ms), min(r.first_ms), min(s.first_ms)) AS first_ms,
           greatest(max(l.to_ms), max(r.last_ms), max(s.last_ms)) AS last_ms
      FROM unnest($1::int[]) AS w(source_id)
      LEFT JOIN LATERAL (SELECT from_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms LIMIT 1) f ON true
      LEFT JOIN LATERAL (SELECT to_ms FROM monitor.block b WHERE b.source_id = w.source_id AND b.part = 0
                          ORDER BY from_ms DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT min(from_ms) AS first_ms, max(to_ms) AS last_ms FROM monitor.recent_block b
                          WHERE b.source_id = w.source_id AND b.part = 0) r ON true
      LEFT JOIN LATERAL (SELECT min(at_ms) AS first_ms, max(at_ms) AS last_ms FROM monitor.scrape c
                          WHERE c.source_id = w.source_id) s ON true`,
};

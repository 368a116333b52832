import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 key, $2 label ids. No row: another has added it just now, and a second call finds it. */
export const ensureSource: SqlStatement<{ readonly id: number }> = {
  name: 'series.ensure-source',
  text: `
    WITH known AS (SELECT id FROM monitor.source WHERE key = $1 AND labels = $2::int[]),
    added AS (
      INSERT INTO monitor.source (key, labels)
      SELECT $1, $2::int[] WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT id FROM known UNION ALL SELECT id FROM added`,
};

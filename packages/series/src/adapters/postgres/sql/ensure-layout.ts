import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 digest, $2 series ids. No row: another has added it just now, and a second call finds it. */
export const ensureLayout: SqlStatement<{ readonly id: number }> = {
  name: 'series.ensure-layout',
  text: `
    WITH known AS (SELECT id FROM monitor.layout WHERE digest = $1::uuid),
    added AS (
      INSERT INTO monitor.layout (digest, series)
      SELECT $1::uuid, $2::int[] WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT id FROM known UNION ALL SELECT id FROM added`,
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface StretchRow {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly number: number;
  readonly layout_id: number;
  readonly count: number;
}

/** $1 source, $2 how many at most, the oldest first. */
export const listRecentStretches: SqlStatement<StretchRow> = {
  name: 'series.list-recent-stretches',
  text: `
    SELECT from_ms, to_ms, number, layout_id, count
      FROM monitor.recent_block WHERE source_id = $1 AND part = 0 ORDER BY from_ms LIMIT $2`,
};

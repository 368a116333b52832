import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SourceLayoutRow {
  readonly source_id: number;
  readonly layout_id: number;
}

/** $1 sources; in one order, so that the same is seen to be the same. */
export const listSourceLayouts: SqlStatement<SourceLayoutRow> = {
  name: 'series.list-source-layouts',
  text: `
    SELECT source_id, layout_id FROM monitor.source_layout WHERE source_id = ANY ($1::int[])
     ORDER BY source_id, layout_id`,
};

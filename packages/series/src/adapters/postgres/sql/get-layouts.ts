import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface LayoutRow {
  readonly id: number;
  readonly series: readonly number[];
}

/** $1 ids. */
export const getLayouts: SqlStatement<LayoutRow> = {
  name: 'series.get-layouts',
  text: 'SELECT id, series FROM monitor.layout WHERE id = ANY ($1::int[])',
};

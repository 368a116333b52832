import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SourceRow {
  readonly id: number;
  readonly labels: readonly number[];
}

/** Every source. */
export const listSources: SqlStatement<SourceRow> = {
  name: 'series.list-sources',
  text: 'SELECT id, labels FROM monitor.source',
};

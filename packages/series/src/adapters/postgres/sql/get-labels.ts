import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { LabelRow } from './find-labels.ts';

/** $1 ids. */
export const getLabels: SqlStatement<LabelRow> = {
  name: 'series.get-labels',
  text: 'SELECT id, name, value FROM monitor.label WHERE id = ANY ($1::int[])',
};

import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { LabelRow } from './find-labels.ts';

/** $1 the name. Every value that it ever had. */
export const listLabelsOfName: SqlStatement<LabelRow> = {
  name: 'series.list-labels-of-name',
  text: 'SELECT id, name, value FROM monitor.label WHERE name = $1',
};

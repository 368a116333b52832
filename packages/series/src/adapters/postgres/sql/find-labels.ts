import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface LabelRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** $1 names, $2 values, pair by pair. */
export const findLabels: SqlStatement<LabelRow> = {
  name: 'series.find-labels',
  text: `
    SELECT l.id, l.name, l.value
      FROM unnest($1::text[], $2::text[]) AS w(name, value)
      JOIN monitor.label l ON l.name = w.name AND l.value = w.value`,
};

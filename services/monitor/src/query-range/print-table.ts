import type { RangeAnswer } from './ask-range.ts';
import { describeSeries, formatValue } from './describe-series.ts';

/** Each series with its samples below it, the values in a column. */
export function printTable({ series }: RangeAnswer): string {
  const blocks = series.map((each) => {
    const values = each.values.map(formatValue);
    const width = Math.max(...values.map(({ length }) => length));
    const rows = each.timestamps_ms.map(
      (at, i) => `  ${new Date(at).toISOString()}  ${(values[i] ?? '').padStart(width)}\n`,
    );
    return `${describeSeries(each)}\n${rows.join('')}`;
  });
  return blocks.join('\n');
}

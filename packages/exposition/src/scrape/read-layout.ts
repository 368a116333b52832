import type { LineReader } from '../line/line-reader.ts';
import type { Series } from '../series.ts';
import { LayoutBuilder } from './layout-builder.ts';
import type { Template } from './template.ts';

/**
 * Reads a text in full, and makes the template of it. A series that the template before knows by the same text is
 * taken from there without reading its labels; where all series are the same as before, so is the layout.
 */
export function readLayout(reader: LineReader, before: Template | undefined): Template {
  const heads: number[] = [];
  const valueLengths: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const timestamps: number[] = [];
  const builder = new LayoutBuilder(reader, before?.layout);
  let hasTimestamps = false;
  let hasEnd = false;
  let recordStart = 0;
  // The strings of a first sight live as long as the text does. Later ones must be copies: a target whose series
  // come and go would otherwise keep a whole text for each.
  reader.decode(before === undefined);
  reader.known = before?.table;
  reader.at = 0;
  for (let kind = reader.next(); kind !== undefined; kind = reader.next()) {
    if (hasEnd) reader.fail('nothing may follow # EOF', reader.lineStart);
    if (kind === 'eof') hasEnd = true;
    if (kind !== 'sample') continue;
    if (columns.length === reader.limits.maxSamples) {
      reader.fail(`the text has more than ${reader.limits.maxSamples} samples`, reader.lineStart, 'limit');
    }
    heads.push(reader.valueStart - recordStart);
    valueLengths.push(reader.at - reader.valueStart);
    recordStart = reader.at;
    const column = builder.add();
    columns.push(column);
    if (column < 0) continue;
    values.push(reader.value);
    timestamps.push(reader.timestampMs);
    hasTimestamps ||= !Number.isNaN(reader.timestampMs);
  }
  if (reader.format === 'openmetrics' && !hasEnd) reader.expect('# EOF as the last line', reader.end);
  const { series, table } = builder;
  return {
    format: reader.format,
    text: reader.view,
    headLengths: new Int32Array(heads),
    valueLengths: new Int32Array(valueLengths),
    columns: new Int32Array(columns),
    tailLength: reader.end - recordStart,
    layout: before !== undefined && haveSameSeries(before.layout.series, series) ? before.layout : { series },
    values: new Float64Array(values),
    timestampsMs: hasTimestamps ? new Float64Array(timestamps) : undefined,
    duplicates: columns.length - series.length,
    table,
  };
}

function haveSameSeries(a: readonly Series[], b: readonly Series[]): boolean {
  return a.length === b.length && a.every((series, column) => series.key === b[column]?.key);
}

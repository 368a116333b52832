import { CELL } from '@daywatch/blocks';

import { FIRST_SUMMARY_COLUMN, readingId } from '../../read/reading-id.ts';
import type { SampleBuilder } from '../../read/sample-builder.ts';
import type { BlockOpener } from './open-blocks.ts';
import type { BlockRow } from './sql/read-blocks.ts';
import { BLOCK_ENCODING, placeOfColumn, readTimes, SUMMARY_LAYOUT } from './stretch.ts';

/** Inclusive and exclusive. */
export interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

/** A column that is wanted, and where its samples go. */
export interface Wanted {
  readonly column: number;
  readonly target: SampleBuilder;
}

/** By `keyOf(source, layout)`. */
export type WantedColumns = ReadonlyMap<string, readonly Wanted[]>;

/** Adds the samples of a period. Blocks that have none in it, between two scrapes of theirs, are not opened. */
export function unpackBlocks(
  rows: readonly BlockRow[],
  wanted: WantedColumns,
  period: Period,
  opener: BlockOpener,
): void {
  const times = new Map<string, Float64Array>();
  for (const row of rows) {
    if (row.encoding !== BLOCK_ENCODING) {
      throw new Error(
        `a block has encoding ${row.encoding}: this version reads ${BLOCK_ENCODING}; a newer one wrote it`,
      );
    }
    if (row.part === 0) times.set(keyOf(row.source_id, row.from_ms), readTimes(opener.open(row).block));
  }
  for (const row of rows) {
    const timestamps = times.get(keyOf(row.source_id, row.from_ms));
    if (!timestamps)
      throw new Error(`the block of source ${row.source_id} at ${row.from_ms} lacks its times`);
    const layout = row.part === 0 ? SUMMARY_LAYOUT : row.layout_id;
    const columns = wanted
      .get(keyOf(row.source_id, layout))
      ?.filter(({ column }) => placeOfColumn(layout, column).part === row.part);
    if (columns && columns.length > 0) unpackBlock(row, layout, timestamps, columns, period, opener);
  }
}

function unpackBlock(
  row: BlockRow,
  layout: number,
  timestamps: Float64Array,
  wanted: readonly Wanted[],
  { startMs, endMs }: Period,
  opener: BlockOpener,
): void {
  const cells = { first: countBefore(timestamps, startMs), end: countBefore(timestamps, endMs) };
  if (cells.first === cells.end) return;
  const opened = opener.open(row);
  for (const { column, target } of wanted) {
    const piece = opened.read(placeOfColumn(layout, column).at, cells);
    const idColumn = idColumnOf(layout, column);
    target.reserve(cells.end - cells.first);
    for (let i = cells.first; i < cells.end; i++) {
      const at = i - piece.first;
      const value = piece.values[piece.isConstant ? 0 : at] as number;
      const state = piece.states === undefined ? CELL.value : (piece.states[at] as number);
      target.add(timestamps[i] as number, value, state, readingId(row.number + i, idColumn));
    }
  }
}

/** How many of ascending times are before a moment. */
function countBefore(timestamps: Float64Array, ms: number): number {
  let [low, high] = [0, timestamps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] as number) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function idColumnOf(layout: number, column: number): number {
  return layout === SUMMARY_LAYOUT ? FIRST_SUMMARY_COLUMN + column : column;
}

export function keyOf(source: number, other: number): string {
  return `${source} ${other}`;
}

import { BlockEncoder, CELL, decodeRow, encodeBlock, type Block, type Column } from '@daywatch/blocks';

import type { Breathe } from './breather.ts';

/**
 * A stretch: scrapes of one source that follow each other, of one layout and one run. It is stored as one row for the
 * times (part 0) and one for every so many series.
 */
const PART_COLUMNS = 32;

/** Parts that are stored by one statement: those of two thousand series. */
export const PARTS_AT_ONCE = 64;

/** How far a stretch reaches at most, which bounds how far back a reader must look for its start. */
export const MAX_SPAN_MS = 3 * 86_400_000;

/** The encoding of `monitor.block` that this version writes and reads. */
export const BLOCK_ENCODING = 1;

/** `up`, `scrape_duration_seconds` and `scrape_samples_scraped`: columns 1 to 3 of part 0. */
export const SUMMARY_LAYOUT = 0;

/** What a stretch holds, column by column: times, the three of the summary, then the series of the layout. */
export interface StretchColumns {
  readonly times: Float64Array;
  readonly summary: readonly Column[];
  readonly series: readonly Column[];
}

/** A scrape as its row has it. */
export interface ScrapeRow {
  readonly at_ms: number;
  readonly number: number;
  readonly layout_id: number;
  readonly is_up: boolean | null;
  readonly duration_seconds: number | null;
  readonly samples: number | null;
  readonly cells: Uint8Array;
}

/** The part and the column of a block that hold a column of a layout. */
export function placeOfColumn(
  layout: number,
  column: number,
): { readonly part: number; readonly at: number } {
  if (layout === SUMMARY_LAYOUT) return { part: 0, at: column + 1 };
  return { part: 1 + Math.floor(column / PART_COLUMNS), at: column % PART_COLUMNS };
}

/** How many parts a stretch of so many series has. */
export function countParts(seriesCount: number): number {
  return 1 + Math.ceil(seriesCount / PART_COLUMNS);
}

/** Turns rows into columns. @throws DamagedBlockError */
export async function columnsOfRows(
  rows: readonly ScrapeRow[],
  seriesCount: number,
  breathe: Breathe,
): Promise<StretchColumns> {
  const series = new ColumnTable(seriesCount, rows.length);
  const summary = new ColumnTable(3, rows.length);
  const values = new Float64Array(seriesCount);
  const states = new Uint8Array(seriesCount);
  for (const [i, row] of rows.entries()) {
    decodeRow(row.cells, values, states);
    series.setRow(i, values, states);
    const [isUp, duration, samples] = summaryOfRow(row);
    const cells = [isUp ?? NaN, duration ?? NaN, samples ?? NaN];
    summary.setRow(
      i,
      cells,
      [isUp, duration, samples].map((cell) => (cell == null ? CELL.absent : CELL.value)),
    );
    await breathe(seriesCount);
  }
  return {
    times: Float64Array.from(rows, ({ at_ms }) => at_ms),
    summary: summary.columns(),
    series: series.columns(),
  };
}

/** Turns rows into columns, in two pieces of memory however many columns there are. */
class ColumnTable {
  readonly #values: Float64Array;
  readonly #states: Uint8Array;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number) {
    this.#values = new Float64Array(width * height);
    this.#states = new Uint8Array(width * height);
    this.#width = width;
    this.#height = height;
  }

  setRow(row: number, values: ArrayLike<number>, states: ArrayLike<number>): void {
    for (let column = 0, at = row; column < this.#width; column++, at += this.#height) {
      this.#values[at] = values[column] as number;
      this.#states[at] = states[column] as number;
    }
  }

  columns(): readonly Column[] {
    return Array.from({ length: this.#width }, (_, column) => {
      const [start, end] = [column * this.#height, (column + 1) * this.#height];
      return { values: this.#values.subarray(start, end), states: this.#states.subarray(start, end) };
    });
  }
}

/** `up`, the duration and the number of samples; null for samples that came alone. */
export function summaryOfRow({ is_up, duration_seconds, samples }: ScrapeRow): readonly (number | null)[] {
  return [is_up === null ? null : Number(is_up), duration_seconds, samples];
}

/** How many cells of the stretch hold something: a value, or that the series has ended. */
export function countSamples({ summary, series }: StretchColumns): number {
  let count = 0;
  for (const { values, states } of [...summary, ...series]) {
    count += values.length;
    for (const state of states ?? []) if (state === CELL.absent) count--;
  }
  return count;
}

export function bytesOf(blocks: readonly Uint8Array[]): number {
  return blocks.reduce((sum, { length }) => sum + length, 0);
}

/** The block of a part of a stretch. */
export async function packPart(
  { times, summary, series }: StretchColumns,
  part: number,
  breathe: Breathe,
): Promise<Uint8Array> {
  if (part === 0) return encodeBlock([{ values: times }, ...summary]);
  const columns = series.slice((part - 1) * PART_COLUMNS, part * PART_COLUMNS);
  const block = encodeBlock(columns);
  await breathe(columns.length * times.length);
  return block;
}

/** Makes blocks that follow each other in time one. @throws DamagedBlockError */
export async function joinBlocks(blocks: readonly Block[], breathe: Breathe): Promise<Uint8Array> {
  const cells = blocks.reduce((sum, block) => sum + block.cells, 0);
  const encoder = new BlockEncoder();
  for (let column = 0; column < (blocks[0]?.columns ?? 0); column++) {
    encoder.add(joinColumn(blocks, column, cells));
    await breathe(cells);
  }
  return encoder.finish();
}

function joinColumn(blocks: readonly Block[], column: number, cells: number): Column {
  const values = new Float64Array(cells);
  const states = new Uint8Array(cells);
  let at = 0;
  for (const block of blocks) {
    const blockStates = block.readColumn(column, values.subarray(at, at + block.cells));
    if (blockStates) states.set(blockStates, at);
    at += block.cells;
  }
  return { values, states };
}

/** Of part 0. @throws DamagedBlockError */
export function readTimes(block: Block): Float64Array {
  const times = new Float64Array(block.cells);
  block.readColumn(0, times);
  return times;
}

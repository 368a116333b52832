import { CELL, decodeRow, openBlock } from '@daywatch/blocks';
import type { Queries } from '@daywatch/service-kit/postgres';

import { FIRST_SUMMARY_COLUMN, readingId } from '../../read/reading-id.ts';
import { SampleBuilder } from '../../read/sample-builder.ts';
import type { LocatedSeries } from './find-columns.ts';
import type { LabelBook } from './label-book.ts';
import { boundBlocks } from './sql/bound-blocks.ts';
import { readBlocks, type BlockRow } from './sql/read-blocks.ts';
import { readScrapes, type SourcedScrape } from './sql/read-scrapes.ts';
import {
  BLOCK_ENCODING,
  MAX_SPAN_MS,
  placeOfColumn,
  readTimes,
  SUMMARY_LAYOUT,
  summaryOfRow,
} from './stretch.ts';

/** Inclusive and exclusive. */
interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

/** A column that is wanted, and where its samples go. */
interface Wanted {
  readonly column: number;
  readonly target: SampleBuilder;
}

/** Blocks of longer periods are read one such window after the other. */
const WINDOW_MS = 64 * 86_400_000;

/** The samples of a few series, in their order. */
export async function readSamples(
  db: Queries,
  book: LabelBook,
  series: readonly LocatedSeries[],
  period: Period,
  signal?: AbortSignal,
): Promise<readonly SampleBuilder[]> {
  const builders = series.map(() => new SampleBuilder());
  const wanted = new Map<string, Wanted[]>();
  for (const [i, { places }] of series.entries()) {
    for (const { source, layout, column } of places) {
      const key = keyOf(source, layout);
      const columns = wanted.get(key) ?? [];
      wanted.set(key, columns);
      columns.push({ column, target: builders[i] as SampleBuilder });
    }
  }
  const sources = [...new Set(series.flatMap(({ places }) => places.map(({ source }) => source)))];
  const clamped = { startMs: clampTime(period.startMs), endMs: clampTime(period.endMs) };
  // Rows before blocks: a scrape that is sealed in between is then seen twice, which is noticed, and not never.
  const rows = await db.query(readScrapes, [sources, clamped.startMs, clamped.endMs], signal);
  await addBlocks(db, series, wanted, sources, clamped, signal);
  await addRows(book, rows, wanted, signal);
  return builders;
}

async function addBlocks(
  db: Queries,
  series: readonly LocatedSeries[],
  wanted: ReadonlyMap<string, readonly Wanted[]>,
  sources: readonly number[],
  period: Period,
  signal?: AbortSignal,
): Promise<void> {
  const parts = new Map<string, readonly [source: number, part: number]>();
  for (const source of sources) parts.set(keyOf(source, 0), [source, 0]);
  for (const { source, layout, column } of series.flatMap(({ places }) => places)) {
    const { part } = placeOfColumn(layout, column);
    parts.set(keyOf(source, part), [source, part]);
  }
  const pairs = [[...parts.values()].map(([source]) => source), [...parts.values()].map(([, part]) => part)];
  for await (const { startMs, endMs } of windows(db, sources, period, signal)) {
    const rows = await db.query(readBlocks, [...pairs, startMs, endMs, MAX_SPAN_MS], signal);
    unpack(rows, wanted, { startMs, endMs });
  }
}

/** Cuts what blocks cover of a period into windows, so that an endless period is none. */
async function* windows(
  db: Queries,
  sources: readonly number[],
  period: Period,
  signal?: AbortSignal,
): AsyncGenerator<Period> {
  if (period.endMs - period.startMs <= WINDOW_MS) {
    yield period;
    return;
  }
  const [bounds] = await db.query(boundBlocks, [sources], signal);
  if (bounds?.first_ms == null || bounds.last_ms == null) return;
  const endMs = Math.min(period.endMs, bounds.last_ms + MAX_SPAN_MS);
  for (let startMs = Math.max(period.startMs, bounds.first_ms); startMs < endMs; startMs += WINDOW_MS) {
    yield { startMs, endMs: Math.min(startMs + WINDOW_MS, endMs) };
  }
}

function unpack(
  rows: readonly BlockRow[],
  wanted: ReadonlyMap<string, readonly Wanted[]>,
  period: Period,
): void {
  const times = new Map<string, Float64Array>();
  for (const row of rows) {
    if (row.encoding !== BLOCK_ENCODING) {
      throw new Error(
        `a block has encoding ${row.encoding}: this version reads ${BLOCK_ENCODING}; a newer one wrote it`,
      );
    }
    if (row.part === 0) times.set(keyOf(row.source_id, row.from_ms), readTimes(row.data));
  }
  for (const row of rows) {
    const timestamps = times.get(keyOf(row.source_id, row.from_ms));
    if (!timestamps)
      throw new Error(`the block of source ${row.source_id} at ${row.from_ms} lacks its times`);
    const layout = row.part === 0 ? SUMMARY_LAYOUT : row.layout_id;
    unpackBlock(row, layout, timestamps, wanted.get(keyOf(row.source_id, layout)) ?? [], period);
  }
}

function unpackBlock(
  row: BlockRow,
  layout: number,
  timestamps: Float64Array,
  wanted: readonly Wanted[],
  { startMs, endMs }: Period,
): void {
  const block = openBlock(row.data);
  const values = new Float64Array(block.cells);
  const first = countBefore(timestamps, startMs);
  const end = countBefore(timestamps, endMs);
  for (const { column, target } of wanted) {
    const { part, at } = placeOfColumn(layout, column);
    if (part !== row.part) continue;
    const states = block.readColumn(at, values);
    const idColumn = idColumnOf(layout, column);
    target.reserve(end - first);
    for (let i = first; i < end; i++) {
      const timestamp = timestamps[i] as number;
      const state = states === undefined ? CELL.value : (states[i] as number);
      target.add(timestamp, values[i] as number, state, readingId(row.number + i, idColumn));
    }
  }
}

async function addRows(
  book: LabelBook,
  rows: readonly SourcedScrape[],
  wanted: ReadonlyMap<string, readonly Wanted[]>,
  signal?: AbortSignal,
): Promise<void> {
  const layouts = await book.layoutsOf([...new Set(rows.map(({ layout_id }) => layout_id))], signal);
  for (const [key, ofLayout] of Map.groupBy(rows, (row) => keyOf(row.source_id, row.layout_id))) {
    for (const { target } of wanted.get(key) ?? []) target.reserve(ofLayout.length);
  }
  let values = new Float64Array();
  let states = new Uint8Array();
  for (const row of rows) {
    for (const { column, target } of wanted.get(keyOf(row.source_id, SUMMARY_LAYOUT)) ?? []) {
      const value = summaryOfRow(row)[column];
      if (value == null) continue;
      target.add(row.at_ms, value, CELL.value, readingId(row.number, idColumnOf(SUMMARY_LAYOUT, column)));
    }
    const ofSeries = wanted.get(keyOf(row.source_id, row.layout_id));
    if (!ofSeries) continue;
    const length = layouts.get(row.layout_id)?.length ?? 0;
    if (values.length !== length) {
      values = new Float64Array(length);
      states = new Uint8Array(length);
    }
    decodeRow(row.cells, values, states);
    for (const { column, target } of ofSeries) {
      target.add(
        row.at_ms,
        values[column] as number,
        states[column] as number,
        readingId(row.number, column),
      );
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

function idColumnOf(layout: number, column: number): number {
  return layout === SUMMARY_LAYOUT ? FIRST_SUMMARY_COLUMN + column : column;
}

/** What a bigint and a Date can both be. */
function clampTime(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, -8.64e15), 8.64e15));
}

function keyOf(source: number, other: number): string {
  return `${source} ${other}`;
}

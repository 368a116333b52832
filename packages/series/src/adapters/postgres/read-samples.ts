import { CELL, decodeRow } from '@daywatch/blocks';
import type { Queries } from '@daywatch/service-kit/postgres';

import { readingId } from '../../read/reading-id.ts';
import { SampleBuilder } from '../../read/sample-builder.ts';
import { SampleMemory } from '../../read/sample-memory.ts';
import type { LocatedSeries } from './find-columns.ts';
import type { LabelBook } from './label-book.ts';
import type { BlockOpener } from './open-blocks.ts';
import { boundBlocks } from './sql/bound-blocks.ts';
import { readBlocks, type BlockName } from './sql/read-blocks.ts';
import { readScrapes, type SourcedScrape } from './sql/read-scrapes.ts';
import { MAX_SPAN_MS, placeOfColumn, SUMMARY_LAYOUT, summaryOfRow } from './stretch.ts';
import {
  idColumnOf,
  keyOf,
  unpackBlocks,
  type Period,
  type Wanted,
  type WantedColumns,
} from './unpack-blocks.ts';

/** Blocks of longer periods are read one such window after the other. */
const WINDOW_MS = 64 * 86_400_000;

/** The samples of a few series, in their order. */
export async function readSamples(
  db: Queries,
  book: LabelBook,
  series: readonly LocatedSeries[],
  period: Period,
  opener: BlockOpener,
  signal?: AbortSignal,
): Promise<readonly SampleBuilder[]> {
  const memory = new SampleMemory();
  const builders = series.map(() => new SampleBuilder(memory));
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
  await addBlocks(db, series, wanted, sources, clamped, opener, signal);
  await addRows(book, rows, wanted, signal);
  return builders;
}

async function addBlocks(
  db: Queries,
  series: readonly LocatedSeries[],
  wanted: WantedColumns,
  sources: readonly number[],
  period: Period,
  opener: BlockOpener,
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
    const known = opener.known(startMs, endMs);
    const parameters = [...pairs, startMs, endMs, MAX_SPAN_MS, ...columnsOf(known)];
    const rows = await db.query(readBlocks, parameters, signal);
    unpackBlocks(rows, wanted, { startMs, endMs }, opener);
  }
}

function columnsOf(names: readonly BlockName[]): readonly (readonly number[])[] {
  return [
    names.map(({ source_id }) => source_id),
    names.map(({ part }) => part),
    names.map(({ from_ms }) => from_ms),
    names.map(({ to_ms }) => to_ms),
    names.map(({ number }) => number),
  ];
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

async function addRows(
  book: LabelBook,
  rows: readonly SourcedScrape[],
  wanted: WantedColumns,
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

/** What a bigint and a Date can both be. */
function clampTime(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, -8.64e15), 8.64e15));
}

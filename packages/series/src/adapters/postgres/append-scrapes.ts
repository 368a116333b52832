import { encodeRow, openBlock } from '@daywatch/blocks';
import { QueryError, type Queries } from '@daywatch/service-kit/postgres';

import { InvalidScrapeError, ScrapeNumbersUsedUpError } from '../../errors.ts';
import { RUN_LENGTH } from '../../write/runs.ts';
import type { AppendOutcome, Scrape } from '../../write/series-writer.ts';
import type { BoundedMap } from './bounded-map.ts';
import { MAX_SPAN_MS, readTimes, SUMMARY_LAYOUT } from './stretch.ts';
import { addScrapes } from './sql/add-scrapes.ts';
import { advanceSources } from './sql/advance-sources.ts';
import { findStored } from './sql/find-stored.ts';
import { lockSources } from './sql/lock-sources.ts';
import { noteLayouts } from './sql/note-layouts.ts';
import { takeRuns } from './sql/take-runs.ts';

interface Place {
  lastAtMs: number;
  nextNumber: number;
}

/** What an append did, to be remembered once its transaction is committed. */
export interface Appended {
  readonly outcomes: readonly AppendOutcome[];
  /** Which layouts were noted as used by a source, and when: `source layout` and the time. */
  readonly noted: ReadonlyMap<string, number>;
}

/** The SQLSTATE of a sequence that has no more values. */
const SEQUENCE_ENDED = '2200H';

/** How often it is noted that a source still uses a layout. */
const NOTE_EVERY_MS = 3_600_000;

/** Runs inside of a transaction, which locks the sources: what was checked holds until it ends. */
export async function appendScrapes(
  queries: Queries,
  scrapes: readonly Scrape[],
  usedLayouts: Pick<BoundedMap<string, number>, 'get'>,
): Promise<Appended> {
  const places = await lockPlaces(queries, scrapes);
  const isLate = markLate(scrapes, places);
  const stored = scrapes.filter((_, i) => !isLate[i]);
  const numbers = await takeNumbers(queries, stored, places);
  const [noted] = await Promise.all([
    noteUses(queries, stored, usedLayouts),
    queries.query(addScrapes, scrapeColumns(stored, numbers)),
    queries.query(advanceSources, placeColumns(places)),
  ]);
  const late = scrapes.filter((_, i) => isLate[i]);
  const known = late.length === 0 ? new Set() : await findKnown(queries, late);
  const outcomes = scrapes.map((scrape, i) =>
    !isLate[i] ? 'stored' : known.has(keyOf(scrape.source, scrape.atMs)) ? 'duplicate' : 'out-of-order',
  );
  return { outcomes, noted };
}

async function lockPlaces(queries: Queries, scrapes: readonly Scrape[]): Promise<Map<number, Place>> {
  const ids = [...new Set(scrapes.map(({ source }) => source))];
  const rows = await queries.query(lockSources, [ids]);
  const places = new Map<number, Place>();
  for (const { id, last_at_ms, next_number } of rows) {
    places.set(id, { lastAtMs: last_at_ms ?? -Infinity, nextNumber: next_number });
  }
  const missing = ids.find((id) => !places.has(id));
  if (missing !== undefined) throw new InvalidScrapeError(`there is no source ${missing}: open it before`);
  return places;
}

function markLate(scrapes: readonly Scrape[], places: ReadonlyMap<number, Place>): readonly boolean[] {
  return scrapes.map(({ source, atMs }) => {
    const place = places.get(source) as Place;
    if (atMs <= place.lastAtMs) return true;
    place.lastAtMs = atMs;
    return false;
  });
}

/** A run is taken where a source has none, or has used its own up. */
async function takeNumbers(
  queries: Queries,
  scrapes: readonly Scrape[],
  places: ReadonlyMap<number, Place>,
): Promise<readonly number[]> {
  const needed = countRuns(scrapes, places);
  const runs = needed === 0 ? [] : await takeNewRuns(queries, needed);
  return scrapes.map(({ source }) => {
    const place = places.get(source) as Place;
    if (place.nextNumber % RUN_LENGTH === 0) place.nextNumber = (runs.pop() ?? NaN) * RUN_LENGTH;
    return place.nextNumber++;
  });
}

async function takeNewRuns(queries: Queries, count: number): Promise<number[]> {
  try {
    return (await queries.query(takeRuns, [count])).map(({ run }) => run);
  } catch (error) {
    if (!(error instanceof QueryError) || error.sqlState !== SEQUENCE_ENDED) throw error;
    throw new ScrapeNumbersUsedUpError(
      `all ${2 ** 33} scrape numbers are given out: the ids of readings have no room for more`,
      { cause: error },
    );
  }
}

function countRuns(scrapes: readonly Scrape[], places: ReadonlyMap<number, Place>): number {
  const used = new Map<number, number>();
  let runs = 0;
  for (const { source } of scrapes) {
    const count = used.get(source) ?? 0;
    if (((places.get(source) as Place).nextNumber + count) % RUN_LENGTH === 0) runs += 1;
    used.set(source, count + 1);
  }
  return runs;
}

function scrapeColumns(scrapes: readonly Scrape[], numbers: readonly number[]) {
  return [
    scrapes.map(({ source }) => source),
    scrapes.map(({ atMs }) => atMs),
    numbers,
    scrapes.map(({ layout }) => layout),
    scrapes.map(({ summary }) => summary?.isUp ?? null),
    scrapes.map(({ summary }) => summary?.durationSeconds ?? null),
    scrapes.map(({ summary }) => summary?.samples ?? null),
    scrapes.map(({ values, states }) => encodeRow(values, states)),
  ];
}

function placeColumns(places: ReadonlyMap<number, Place>) {
  const entries = [...places].filter(([, { lastAtMs }]) => Number.isFinite(lastAtMs));
  return [
    entries.map(([id]) => id),
    entries.map(([, { lastAtMs }]) => lastAtMs),
    entries.map(([, { nextNumber }]) => nextNumber),
  ];
}

/** Which layouts a source uses is noted at its first scrape with one, and now and then. */
async function noteUses(
  queries: Queries,
  scrapes: readonly Scrape[],
  usedLayouts: Pick<BoundedMap<string, number>, 'get'>,
): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, readonly [source: number, layout: number, atMs: number]>();
  const use = (source: number, layout: number, atMs: number): void => {
    const key = keyOf(source, layout);
    const notedMs = usedLayouts.get(key);
    if (notedMs === undefined || atMs - notedMs > NOTE_EVERY_MS) uses.set(key, [source, layout, atMs]);
  };
  for (const { source, layout, atMs, summary } of scrapes) {
    use(source, layout, atMs);
    if (summary) use(source, SUMMARY_LAYOUT, atMs);
  }
  const sorted = [...uses.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length > 0)
    await queries.query(noteLayouts, [
      sorted.map((u) => u[0]),
      sorted.map((u) => u[1]),
      sorted.map((u) => u[2]),
    ]);
  return new Map(Array.from(uses, ([key, [, , atMs]]) => [key, atMs]));
}

/** Which of late scrapes are stored already, in a row or inside of a block. */
async function findKnown(queries: Queries, late: readonly Scrape[]): Promise<ReadonlySet<string>> {
  const sources = late.map(({ source }) => source);
  const times = late.map(({ atMs }) => atMs);
  const known = new Set<string>();
  for (const { source_id, at_ms, data } of await queries.query(findStored, [sources, times, MAX_SPAN_MS])) {
    if (data === null || readTimes(openBlock(data)).includes(at_ms)) known.add(keyOf(source_id, at_ms));
  }
  return known;
}

function keyOf(source: number, other: number): string {
  return `${source} ${other}`;
}

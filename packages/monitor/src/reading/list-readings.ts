import {
  formatLabels,
  type Labels,
  type Matcher,
  type SeriesReader,
  type SeriesSamples,
} from '@daywatch/series';
import { ReadingOrderer } from './order-readings.ts';
import { readWindows } from './read-windows.ts';

/** A place in the order of readings: by time, and at one time by id. Both never change, so neither does the place. */
export interface ReadingPlace {
  readonly timestampMs: number;
  readonly id: number;
}

export interface ReadingsQuery {
  readonly matchers: readonly Matcher[];
  /** Inclusive; -Infinity for all that is stored. */
  readonly startMs: number;
  /** Exclusive; Infinity likewise. */
  readonly endMs: number;
  /** Readings after this place alone. */
  readonly after?: ReadingPlace;
  /** At most so many; by default all. */
  readonly limit?: number;
}

/** What the readings of one series have in common. Batches of one listing share them. */
export interface ReadingSeries {
  /** As its target exposes it: the metric, then its labels, sorted. */
  readonly name: string;
  /** What the checker adds: `job`, `instance`, … */
  readonly target: Labels;
}

/** Some readings. The arrays may be longer than what is meant, and hold until the next batch is asked for. */
export interface ReadingBatch {
  /** How many readings there are. */
  readonly count: number;
  readonly series: readonly ReadingSeries[];
  /** Where the first, the second, … reading stands in the arrays below. */
  readonly order: Uint32Array;
  /** Which of `series` it is of. */
  readonly seriesAt: Uint32Array;
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly ids: Float64Array;
}

/** What is held at once: some megabytes. */
const MAX_SAMPLES = 100_000;
/** Fewer are read for a short page, but each window is some questions to the database. */
const MIN_SAMPLES = 1000;

/**
 * The readings of all matching series, oldest first, batch by batch. A mark of staleness is no reading. Sealing and
 * merging change nothing of what is answered, and what is written meanwhile comes in its place or not at all.
 */
export async function* listReadings(
  reader: SeriesReader,
  { matchers, startMs, endMs, after, limit = Infinity }: ReadingsQuery,
  signal?: AbortSignal,
): AsyncGenerator<ReadingBatch> {
  const orderer = new ReadingOrderer(createNamer(), after);
  let left = limit;
  const query = {
    matchers,
    startMs: Math.max(startMs, after?.timestampMs ?? -Infinity),
    endMs,
    maxSamples: Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, limit)),
  };
  for await (const _ of readWindows(reader, query, orderer, signal)) {
    const batch = orderer.order(left);
    if (batch.count > 0) yield batch;
    left -= batch.count;
    if (left === 0) return;
  }
}

/** Spells each series once, however many windows it has samples in. */
function createNamer(): (samples: SeriesSamples) => ReadingSeries {
  // By labels that the reader may give again, and held no longer than it holds them.
  const known = new WeakMap<Labels, ReadingSeries>();
  return ({ labels, own, source }) => {
    const series = known.get(labels) ?? { name: formatLabels(own), target: source };
    known.set(labels, series);
    return series;
  };
}

import { CELL, formatLabels, type Labels, type Matcher, type SeriesReader } from '@daywatch/series';
import { orderReadings } from './order-readings.ts';
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

/** What the readings of one series have in common. */
export interface ReadingSeries {
  /** As its target exposes it: the metric, then its labels, sorted. */
  readonly name: string;
  /** What the checker adds: `job`, `instance`, … */
  readonly target: Labels;
}

/** Some readings, in their order; arrays of `count` elements. */
export interface ReadingBatch {
  readonly count: number;
  readonly series: readonly ReadingSeries[];
  /** Which of `series` a reading is of. */
  readonly seriesAt: Uint32Array;
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly ids: Float64Array;
}

/** What is held at once: some megabytes. */
const MAX_SAMPLES = 100_000;

/**
 * The readings of all matching series, oldest first, batch by batch. A mark of staleness is no reading. Sealing and
 * merging change nothing of what is answered, and what is written meanwhile comes in its place or not at all.
 */
export async function* listReadings(
  reader: SeriesReader,
  { matchers, startMs, endMs, after, limit = Infinity }: ReadingsQuery,
  signal?: AbortSignal,
): AsyncGenerator<ReadingBatch> {
  let left = limit;
  const query = {
    matchers,
    startMs: Math.max(startMs, after?.timestampMs ?? -Infinity),
    endMs,
    maxSamples: Math.min(MAX_SAMPLES, Math.max(1000, limit)),
  };
  for await (const window of readWindows(reader, query, signal)) {
    const batch = orderReadings(
      window.series.map(({ own, source, timestampsMs, values, states, ids }) => ({
        series: { name: formatLabels(own), target: source },
        timestampsMs,
        values,
        ids,
        isReading: (i: number) =>
          states[i] === CELL.value && isAfter(timestampsMs[i] as number, ids[i] as number, after),
      })),
      left,
    );
    if (batch.count > 0) yield batch;
    left -= batch.count;
    if (left === 0) return;
  }
}

function isAfter(timestampMs: number, id: number, place: ReadingPlace | undefined): boolean {
  if (!place || timestampMs > place.timestampMs) return true;
  return timestampMs === place.timestampMs && id > place.id;
}

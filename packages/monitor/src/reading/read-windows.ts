import type { Matcher, SeriesQuery, SeriesReader, SeriesSamples } from '@daywatch/series';

export interface WindowQuery {
  readonly matchers: readonly Matcher[];
  /** Inclusive; may be -Infinity. */
  readonly startMs: number;
  /** Exclusive; may be Infinity. */
  readonly endMs: number;
  /** About as many samples as may be held at once. */
  readonly maxSamples: number;
}

/** Takes the samples of a window, series by series. */
export interface SampleCollector {
  /** Begins anew: another window comes, or the same one from its start. */
  clear(): void;
  add(samples: SeriesSamples): void;
}

const FIRST_SPAN_MS = 300_000;
/** How far apart the samples of a series are taken to be before any are seen. */
const FIRST_STEP_MS = 5000;
/** Before a window is given up at least so many are held, however short it was to be: to read it again takes longer. */
const ALWAYS_HELD = 100_000;
/** Windows grow and shrink by at most so much at once. */
const MAX_FACTOR = 8;

/**
 * Reads a period of many series window by window, in the order of time, so that memory stays flat however long it is.
 * How long a window is follows from how many samples the ones before had; one that turns out to have far too many is
 * given up and begun again, shorter.
 *
 * Yields where the collector has all samples of a window, and there are any.
 */
export async function* readWindows(
  reader: SeriesReader,
  query: WindowQuery,
  collector: SampleCollector,
  signal?: AbortSignal,
): AsyncGenerator<void> {
  const bounds = await reader.bounds(query.matchers, signal);
  if (!bounds) return;
  const end = Math.min(query.endMs, bounds.endMs);
  let at = Math.max(query.startMs, bounds.startMs);
  const most = 2 * Math.max(query.maxSamples, ALWAYS_HELD);
  let span = Math.min(FIRST_SPAN_MS, Math.ceil((query.maxSamples * FIRST_STEP_MS) / bounds.series));
  while (at < end) {
    const period = { startMs: at, endMs: Math.min(at + span, end) };
    // Less than a millisecond cannot be asked for: then it is taken as it is.
    const held = span === 1 ? Infinity : most;
    const asked = { matchers: query.matchers, ...period, isContinued: true };
    const found = await readWhole(reader, asked, held, collector, signal);
    if (found === undefined) {
      span = Math.max(1, Math.floor(span / MAX_FACTOR));
      continue;
    }
    if (found > 0) yield;
    at = period.endMs;
    const factor = query.maxSamples / Math.max(found, 1);
    span = Math.max(1, Math.floor(span * Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, factor))));
  }
}

/** How many samples there are; undefined where they are more than may be held. */
async function readWhole(
  reader: SeriesReader,
  period: SeriesQuery,
  most: number,
  collector: SampleCollector,
  signal?: AbortSignal,
): Promise<number | undefined> {
  collector.clear();
  let samples = 0;
  for await (const series of reader.select(period, signal)) {
    samples += series.values.length;
    if (samples > most) return undefined;
    collector.add(series);
  }
  return samples;
}

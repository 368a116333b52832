import type { Matcher, SeriesReader, SeriesSamples } from '@daywatch/series';

export interface WindowQuery {
  readonly matchers: readonly Matcher[];
  /** Inclusive; may be -Infinity. */
  readonly startMs: number;
  /** Exclusive; may be Infinity. */
  readonly endMs: number;
  /** About as many samples as may be held at once. */
  readonly maxSamples: number;
}

/** All samples of a period that is short enough to be held. */
export interface SampleWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly series: readonly SeriesSamples[];
}

const FIRST_SPAN_MS = 300_000;
/** Windows grow and shrink by at most so much at once. */
const MAX_FACTOR = 8;

/**
 * Reads a period of many series window by window, in the order of time, so that memory stays flat however long it is.
 * How long a window is follows from how many samples the ones before had; one that turns out to have far too many is
 * given up and begun again, shorter.
 */
export async function* readWindows(
  reader: SeriesReader,
  query: WindowQuery,
  signal?: AbortSignal,
): AsyncGenerator<SampleWindow> {
  const bounds = await reader.bounds(query.matchers, signal);
  if (!bounds) return;
  const end = Math.min(query.endMs, bounds.endMs);
  let at = Math.max(query.startMs, bounds.startMs);
  let span = FIRST_SPAN_MS;
  while (at < end) {
    const period = { startMs: at, endMs: Math.min(at + span, end) };
    // Less than a millisecond cannot be asked for: then it is taken as it is.
    const most = span === 1 ? Infinity : 2 * query.maxSamples;
    const found = await readWhole(
      reader,
      { matchers: query.matchers, ...period, isContinued: true },
      most,
      signal,
    );
    if (found === undefined) {
      span = Math.max(1, Math.floor(span / MAX_FACTOR));
      continue;
    }
    if (found.series.length > 0) yield { ...period, series: found.series };
    at = period.endMs;
    const factor = query.maxSamples / Math.max(found.samples, 1);
    span = Math.max(1, Math.floor(span * Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, factor))));
  }
}

async function readWhole(
  reader: SeriesReader,
  period: Parameters<SeriesReader['select']>[0],
  most: number,
  signal?: AbortSignal,
): Promise<{ readonly series: readonly SeriesSamples[]; readonly samples: number } | undefined> {
  const series: SeriesSamples[] = [];
  let samples = 0;
  for await (const each of reader.select(period, signal)) {
    samples += each.values.length;
    if (samples > most) return undefined;
    series.push(each);
  }
  return { series, samples };
}

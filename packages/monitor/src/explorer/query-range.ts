import {
  CELL,
  formatLabels,
  type FoundSeries,
  type Matcher,
  type SeriesReader,
  type SeriesSamples,
} from '@daywatch/series';
import { readWindows } from '../reading/read-windows.ts';
import { Downsampler, type Line } from './downsample.ts';
import { TooManySeriesError } from './too-many-series.ts';

/** The values as they are, or how much they grow in a second (for counters). */
export const RANGE_KINDS = ['value', 'rate'] as const;

export type RangeKind = (typeof RANGE_KINDS)[number];

export interface RangeQuery {
  readonly matchers: readonly Matcher[];
  /** Inclusive and finite. */
  readonly startMs: number;
  /** Exclusive, finite, after the start. */
  readonly endMs: number;
  /** About as many pixels as the drawing is wide: each of them gets at most four points. */
  readonly points: number;
  readonly kind: RangeKind;
  /** More series are refused. */
  readonly maxSeries: number;
}

export interface RangeLine extends FoundSeries, Line {}

const MAX_SAMPLES = 200_000;

/**
 * The matching series over a period, thinned out for drawing; sorted by labels, those without samples left out.
 * @throws TooManySeriesError
 */
export async function queryRange(
  reader: SeriesReader,
  { matchers, startMs, endMs, points, kind, maxSeries }: RangeQuery,
  signal?: AbortSignal,
): Promise<readonly RangeLine[]> {
  const found = await reader.findSeries(matchers, maxSeries + 1, signal);
  if (found.length > maxSeries) throw new TooManySeriesError(maxSeries);
  const bucketMs = Math.max(1, (endMs - startMs) / points);
  const lines = new Map<string, LineMaker>();
  const query = { matchers, startMs, endMs, maxSamples: MAX_SAMPLES };
  let series: SeriesSamples[] = [];
  const collector = { clear: () => void (series = []), add: (each: SeriesSamples) => void series.push(each) };
  for await (const _ of readWindows(reader, query, collector, signal)) {
    for (const { labels, timestampsMs, values, states } of series) {
      const text = formatLabels(labels);
      const line = lines.get(text) ?? { sampler: new Downsampler(startMs, bucketMs), before: undefined };
      lines.set(text, line);
      for (let i = 0; i < values.length; i++) {
        const timestampMs = timestampsMs[i] as number;
        if (states[i] === CELL.value) addSample(line, kind, timestampMs, values[i] as number);
        else endStretch(line, timestampMs);
      }
    }
  }
  return found.flatMap((series) => {
    const line = lines.get(formatLabels(series.labels))?.sampler.finish();
    return line && line.values.length > 0 ? [{ ...series, ...line }] : [];
  });
}

interface LineMaker {
  readonly sampler: Downsampler;
  /** The sample before, for rates. */
  before: { readonly timestampMs: number; readonly value: number } | undefined;
}

function addSample(line: LineMaker, kind: RangeKind, timestampMs: number, value: number): void {
  if (kind === 'value') {
    line.sampler.add(timestampMs, value);
    return;
  }
  const { before } = line;
  line.before = { timestampMs, value };
  if (!before) return;
  // A counter that is less than before has begun anew, at zero.
  const growth = value < before.value ? value : value - before.value;
  line.sampler.add(timestampMs, growth / ((timestampMs - before.timestampMs) / 1000));
}

function endStretch(line: LineMaker, timestampMs: number): void {
  line.before = undefined;
  line.sampler.interrupt(timestampMs);
}

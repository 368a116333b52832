import type { Label, MetricType } from '../exposition.ts';
import { ExpositionError } from '../exposition-error.ts';
import type { TextPosition } from '../exposition-error.ts';
import type { LineReader } from '../line/line-reader.ts';
import { createSeries } from '../series.ts';
import { checkHistogram } from './histogram-rules.ts';
import type { HistogramPoint } from './histogram-rules.ts';
import { parseBound } from './sample-rules.ts';

/** The labels that tell the samples of one metric apart. */
const INNER_LABELS: Partial<Record<MetricType, string>> = {
  histogram: 'le',
  gaugehistogram: 'le',
  summary: 'quantile',
};

/** The samples of one metric at one time. */
interface Point extends HistogramPoint {
  readonly group: string;
  /** NaN where the samples have no timestamp. */
  readonly timestampMs: number;
  readonly seen: Set<string>;
}

/**
 * Follows the metrics of a family, those that differ in more than `le` or `quantile`: the lines of each belong
 * together, its points are in the order of time, and no sample of a point stands twice.
 */
export class FamilyMetrics {
  type: MetricType = 'unknown';
  readonly #family: string;
  readonly #report: (problem: ExpositionError) => void;
  readonly #groups = new Set<string>();
  #point: Point | undefined;

  constructor(family: string, report: (problem: ExpositionError) => void) {
    this.#family = family;
    this.#report = report;
  }

  addSample(reader: LineReader, suffix: string, position: TextPosition): void {
    const inner = this.type === 'stateset' ? this.#family : INNER_LABELS[this.type];
    const group = createSeries(
      '',
      reader.labels.filter(({ name }) => name !== inner),
    ).key;
    const point = this.#pointOf(group, reader.timestampMs, position);
    const { key } = createSeries(reader.sampleName, reader.labels);
    if (point.seen.has(key)) this.#fault(`the sample ${key} stands twice`, position);
    point.seen.add(key);
    takeHistogram(point, suffix, reader.value, reader.labels);
  }

  finish(): void {
    this.#close();
  }

  #pointOf(group: string, timestampMs: number, position: TextPosition): Point {
    const before = this.#point;
    if (before?.group === group) {
      if (Object.is(before.timestampMs, timestampMs)) return before;
      if (!(timestampMs > before.timestampMs)) {
        this.#fault(
          Number.isNaN(timestampMs) || Number.isNaN(before.timestampMs)
            ? 'some samples of this metric have timestamps, others have none'
            : 'the timestamps of a metric must increase',
          position,
        );
      }
    } else if (this.#groups.has(group)) {
      this.#fault(
        `the lines of one metric of ${this.#family} stand in more than one place; they belong together`,
        position,
      );
    }
    this.#close();
    this.#groups.add(group);
    this.#point = {
      group,
      timestampMs,
      position,
      seen: new Set(),
      buckets: [],
      count: undefined,
      hasSum: false,
    };
    return this.#point;
  }

  #close(): void {
    if (this.#point && (this.type === 'histogram' || this.type === 'gaugehistogram')) {
      checkHistogram(this.#point, (problem, position) => this.#fault(problem, position));
    }
    this.#point = undefined;
  }

  #fault(problem: string, position: TextPosition): void {
    this.#report(new ExpositionError('rule', problem, position));
  }
}

function takeHistogram(point: Point, suffix: string, value: number, labels: readonly Label[]): void {
  if (suffix === '_bucket') {
    const bound = labels.find(({ name }) => name === 'le')?.value ?? '';
    point.buckets.push({ bound: parseBound(bound), value });
  } else if (suffix === '_count' || suffix === '_gcount') {
    point.count = value;
  } else if (suffix === '_sum' || suffix === '_gsum') {
    point.hasSum = true;
  }
}

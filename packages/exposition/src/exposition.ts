/** The two text formats: Prometheus text (0.0.4 and 1.0.0, which adds quoted names) and OpenMetrics 1.0. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** OpenMetrics' names; what Prometheus text calls `untyped` is `unknown`. */
export const METRIC_TYPES = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'summary',
  'gaugehistogram',
  'info',
  'stateset',
] as const;

export type MetricType = (typeof METRIC_TYPES)[number];

export interface Label {
  readonly name: string;
  readonly value: string;
}

/** A reference from a sample to something outside, such as a trace; OpenMetrics only. */
export interface Exemplar {
  readonly labels: readonly Label[];
  readonly value: number;
  /** Milliseconds since 1970, whole. */
  readonly timestampMs?: number;
}

/** One line with a value. */
export interface Sample {
  /** The family's name, with a suffix such as `_bucket` where the type wants one. */
  readonly name: string;
  /** In the order of the text; a label with an empty value is kept. */
  readonly labels: readonly Label[];
  readonly value: number;
  /** Milliseconds since 1970, whole. */
  readonly timestampMs?: number;
  readonly exemplar?: Exemplar;
}

/** The samples that share a name, and what is said about them. */
export interface MetricFamily {
  readonly name: string;
  /** `unknown` where the text says nothing. */
  readonly type: MetricType;
  readonly help?: string;
  /** OpenMetrics only. */
  readonly unit?: string;
  readonly samples: readonly Sample[];
}

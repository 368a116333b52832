/** What one exposition may hold; a text over a limit is refused as a whole. */
export interface ExpositionLimits {
  /** Bytes of the text. */
  readonly maxBytes: number;
  readonly maxSamples: number;
  /** Labels of one sample, its name not counted. */
  readonly maxLabels: number;
  /** Bytes of a metric's or a label's name. */
  readonly maxNameBytes: number;
  /** Bytes of a label's value. */
  readonly maxValueBytes: number;
}

/**
 * Wide enough for every exporter that people run. The number of samples is what the identifiers of readings
 * leave room for: 2^20 columns, eight of them for the series that the monitor adds.
 */
export const DEFAULT_LIMITS: ExpositionLimits = {
  maxBytes: 64 * 2 ** 20,
  maxSamples: 2 ** 20 - 8,
  maxLabels: 128,
  maxNameBytes: 1024,
  maxValueBytes: 16 * 2 ** 10,
};

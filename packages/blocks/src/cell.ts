/**
 * What a scrape says of one series. Staleness is a state of its own and never the payload of a NaN, which
 * JavaScript may lose at any assignment.
 */
export const CELL = {
  /** The series has a value, which may be any double: NaN and -0 are values. */
  value: 0,
  /** The series ended: the scrape before had it, this one does not. */
  stale: 1,
  /** The series was not there, and was not there before either. */
  absent: 2,
} as const;

export type CellState = (typeof CELL)[keyof typeof CELL];

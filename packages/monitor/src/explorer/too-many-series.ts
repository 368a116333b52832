/** A selector matches more series than can be drawn. */
export class TooManySeriesError extends Error {
  override readonly name = 'TooManySeriesError';
  readonly code = 'too_many_series';
  readonly most: number;

  constructor(most: number) {
    super(`it selects more than ${most} series; add labels to narrow it down`);
    this.most = most;
  }
}

/** A specification from which no installation follows, although its schema allows it. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError';
  /** What is wrong, one sentence each, which begin with the field. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

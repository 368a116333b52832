/** A target with the id or the domain of another. */
export class DuplicateTargetError extends Error {
  override readonly name = 'DuplicateTargetError';
  readonly code = 'duplicate_target';

  constructor(field: 'id' | 'domain', value: string) {
    super(`there is a target with the ${field} '${value}' already; each has its own`);
  }
}

/** A target that cannot be checked as it is set up. */
export class InvalidTargetError extends Error {
  override readonly name = 'InvalidTargetError';
  readonly code = 'invalid_target';

  constructor(id: string, problem: string) {
    super(`target '${id}': ${problem}`);
  }
}

/** Bytes that are no block, or not an undamaged one. */
export class DamagedBlockError extends Error {
  override readonly name = 'DamagedBlockError';
  readonly code = 'damaged_block';
}

/** Columns that no block can hold: a broken promise of the caller. */
export class InvalidColumnError extends Error {
  override readonly name = 'InvalidColumnError';
  readonly code = 'invalid_column';
}

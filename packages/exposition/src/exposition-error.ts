/** Stable codes of everything that this package refuses. */
export type ExpositionErrorCode =
  /** The text does not follow the grammar. */
  | 'syntax'
  /** The bytes are not UTF-8. */
  | 'encoding'
  /** A limit is exceeded: bytes, samples, labels, the length of a name or a value. */
  | 'limit'
  /** The grammar is kept, but not the rules of the format (strict mode only). */
  | 'rule';

/** A place in a text; both count from 1, and columns count characters (code points), not bytes. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Every refusal of this package: where it is, what was found there and what was expected. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
  readonly code: ExpositionErrorCode;
  readonly line: number;
  readonly column: number;
  /** The sentence without the place. */
  readonly problem: string;

  constructor(code: ExpositionErrorCode, problem: string, { line, column }: TextPosition) {
    super(`line ${line}, column ${column}: ${problem}`);
    this.code = code;
    this.problem = problem;
    this.line = line;
    this.column = column;
  }
}

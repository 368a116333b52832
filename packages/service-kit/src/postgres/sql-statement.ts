declare const rowBrand: unique symbol;

/**
 * One SQL operation: its text with `$1` parameters, and the name under which each connection prepares it
 * once. One statement per file, in `adapters/postgres/sql/`. `Row` says what its rows look like.
 */
export interface SqlStatement<Row = never> {
  /** Unique in the process, at most 63 characters: two texts under one name are refused. */
  readonly name: string;
  readonly text: string;
  /**
   * True for a read that takes no locks and little time, whatever the data: outside of a transaction it
   * shares a connection with others, which halves its cost, and those behind it wait for it.
   */
  readonly isQuickRead?: true;
  /** Carries the type alone; there is never a value. */
  readonly [rowBrand]?: Row;
}

type Scalar = string | number | boolean | Uint8Array | null;

/** What a `$1` may be: arrays become PostgreSQL arrays, bytes become `bytea`. */
export type SqlParameter = Scalar | readonly Scalar[];

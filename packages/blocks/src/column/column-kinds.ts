import type { Grid } from './grid.ts';

/** The first byte of a column. The values are part of the format: new ones are added at the end. */
export const COLUMN = {
  /** One integer for all cells. */
  constantInteger: 0,
  /** One double for all cells. */
  constant: 1,
  /** Integers on a grid, range coded. */
  numbers: 2,
  /** Doubles as differing bits, range coded. */
  floats: 3,
  /** The same cells as an earlier column. */
  copy: 4,
  /** No cell has a value. */
  empty: 5,
} as const;

/** By the number that stands for them in the format. */
export const GRIDS: readonly Grid['kind'][] = ['divided', 'multiplied', 'divided-twice', 'bits'];

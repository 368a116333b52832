/** Walks the wall-clock times of a rule in ascending order, in civil seconds since 1970. */
export interface LocalCursor {
  /** The next time, or `Infinity` after the last one before the cursor's end. */
  next(): number;
}

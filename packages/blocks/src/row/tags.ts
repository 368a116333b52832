/** What begins a cell of a row. The values are part of the format. */
export const TAG = {
  /** A varint: how many cells are like the one that follows. */
  run: 0,
  /** Eight bytes. */
  double: 1,
  /** To `decimal + 13`: a signed varint, to be divided by ten to the power of what is above. */
  decimal: 2,
  stale: 16,
  absent: 17,
  /** From here to 255: the integers from 0 to 127. */
  small: 128,
} as const;

/** Cells in a column. Bounds what damaged bytes can make a reader do. */
export const MAX_CELLS = 2 ** 16;

/** Columns in a block, and cells in a row: what a scrape can have. */
export const MAX_COLUMNS = 2 ** 20;

export { CELL, type CellState } from './cell.ts';
export { BlockEncoder, encodeBlock, type Column } from './block/encode-block.ts';
export { openBlock, type Block } from './block/open-block.ts';
export { DamagedBlockError, InvalidColumnError } from './errors.ts';
export { MAX_CELLS, MAX_COLUMNS } from './limits.ts';
export { decodeRow } from './row/decode-row.ts';
export { encodeRow } from './row/encode-row.ts';

import { openBlock, type Block } from '@daywatch/blocks';

import type { BlockName, BlockRow } from './sql/read-blocks.ts';

/** Cells of a block, `first` inclusive, `end` exclusive. */
export interface CellRange {
  readonly first: number;
  readonly end: number;
}

/** Cells of one column that are unpacked. */
export interface Piece extends CellRange {
  /** From `first` on; that one alone where `isConstant`. They hold until the next piece is read. */
  readonly values: Float64Array;
  readonly isConstant: boolean;
  /** From `first` on; undefined where each cell has a value. */
  readonly states: Uint8Array | undefined;
}

export interface OpenedBlock {
  readonly block: Block;
  /** At least these cells. @throws DamagedBlockError */
  read(column: number, cells: CellRange): Piece;
}

/** How the blocks of a database are opened. */
export interface BlockOpener {
  /** The blocks of this period whose bytes need not be sent. */
  known(startMs: number, endMs: number): readonly BlockName[];
  /** @throws DamagedBlockError */
  open(row: BlockRow): OpenedBlock;
}

/** Keeps nothing. */
export const openAnew: BlockOpener = {
  known: () => [],
  open(row) {
    const block = openBlock(bytesOf(row));
    return { block, read: (column, { end }) => readPiece(block, column, end) };
  },
};

export function bytesOf({ source_id, part, from_ms, data }: BlockRow): Uint8Array {
  if (data) return data;
  throw new Error(`the bytes of part ${part} of source ${source_id} at ${from_ms} were not sent`);
}

/** For one column after the other, so that reading thousands makes no garbage of them. */
let scratch = new Float64Array(1024);

/** A column is packed from its first cell on, so all before `end` have to be unpacked. */
export function readPiece(block: Block, column: number, end: number): Piece {
  if (scratch.length < end) scratch = new Float64Array(Math.max(end, 2 * scratch.length));
  const values = scratch.subarray(0, end);
  const states = block.readColumn(column, values);
  return { first: 0, end, values, isConstant: false, states };
}

import { openBlock, type Block } from '@daywatch/blocks';

import { bytesOf, readPiece, type BlockOpener, type CellRange, type Piece } from './open-blocks.ts';
import type { BlockName } from './sql/read-blocks.ts';
import { WeighedMap } from './weighed-map.ts';

/** What is kept at most, in bytes. */
const BLOCK_BYTES = 8 * 2 ** 20;
const PIECE_BYTES = 24 * 2 ** 20;
/** What an entry takes beside its cells, about. */
const ENTRY_BYTES = 200;
/** As many readers as go through the same columns without taking each other's pieces away. */
const PIECES_OF_COLUMN = 2;
/** Of how many columns it is remembered whether they vary, about. */
const RECENT_COLUMNS = 1000;
const LEAST_VARYING = 0.1;

interface NamedBlock {
  readonly name: BlockName;
  readonly block: Block;
}

/** By column. */
interface UnpackedBlock {
  readonly columns: Map<number, readonly Piece[]>;
  bytes: number;
}

/**
 * Keeps what a walk through time will need again: an answer that is read window by window, or page by page. Windows are
 * much shorter than blocks, and a column can be unpacked only from its beginning on. So whoever unpacks it for a window
 * goes on for as many cells again, and keeps them: a block is unpacked a few times and not once for each window, and the
 * first window of all costs at most twice of what it has to.
 *
 * Blocks never change, so nothing goes out of date. What is kept is bounded, however many columns there are: the more,
 * the fewer cells of each.
 */
export class BlockShelf {
  readonly #blocks: WeighedMap<string, NamedBlock>;
  readonly #unpacked = new WeighedMap<string, UnpackedBlock>(PIECE_BYTES);
  /** Which part of the columns that were unpacked lately vary: the others take one cell, however many they have. */
  #varying = 1;

  constructor(blockBytes = BLOCK_BYTES) {
    this.#blocks = new WeighedMap(blockBytes);
  }

  /** For a walk over these columns. */
  openerFor(columns: readonly { readonly source: number }[]): BlockOpener {
    const sources = new Set(columns.map(({ source }) => source));
    const bytes = PIECE_BYTES / PIECES_OF_COLUMN / Math.max(columns.length, 1) - ENTRY_BYTES;
    const cellBytes = Float64Array.BYTES_PER_ELEMENT * Math.max(this.#varying, LEAST_VARYING);
    const cellsAhead = Math.max(0, Math.floor(bytes / cellBytes));
    // What was called known is not sent, so it is held until it is opened, whatever takes its place here meanwhile.
    let held = new Map<string, Block>();
    return {
      known: (startMs, endMs) => {
        const known = Array.from(this.#blocks.values()).filter(
          ({ name: { source_id, from_ms, to_ms } }) =>
            sources.has(source_id) && from_ms < endMs && to_ms >= startMs,
        );
        held = new Map(known.map(({ name, block }) => [keyOf(name), block]));
        return known.map(({ name }) => name);
      },
      open: (row) => {
        const { data: _, ...name } = row;
        const key = keyOf(row);
        const block = held.get(key) ?? this.#blocks.get(key)?.block ?? openBlock(bytesOf(row));
        if (row.data) this.#blocks.set(key, { name, block }, row.data.length + ENTRY_BYTES);
        return { block, read: (column, cells) => this.#read(key, block, column, cells, cellsAhead) };
      },
    };
  }

  #read(key: string, block: Block, column: number, { first, end }: CellRange, cellsAhead: number): Piece {
    const unpacked: UnpackedBlock = this.#unpacked.get(key) ?? { columns: new Map(), bytes: 0 };
    const pieces = unpacked.columns.get(column) ?? [];
    const known = pieces.find((piece) => piece.first <= first && piece.end >= end);
    if (known) return known;
    const piece = cut(
      readPiece(block, column, Math.min(block.cells, end + Math.min(end, cellsAhead))),
      first,
    );
    this.#varying += (Number(!piece.isConstant) - this.#varying) / RECENT_COLUMNS;
    // A piece that this walk has come to the end of makes room.
    const others = pieces.filter((each) => each.first > first || each.end < first);
    const kept = [piece, ...others].slice(0, PIECES_OF_COLUMN);
    unpacked.columns.set(column, kept);
    unpacked.bytes += weigh(kept) - weigh(pieces);
    this.#unpacked.set(key, unpacked, unpacked.bytes);
    return piece;
  }
}

function keyOf({ source_id, part, from_ms, to_ms, number }: BlockName): string {
  return `${source_id} ${part} ${from_ms} ${to_ms} ${number}`;
}

function cut({ values, states, end }: Piece, first: number): Piece {
  const isConstant = areAlike(values, first, end);
  return {
    first,
    end,
    values: values.slice(first, isConstant ? first + 1 : end),
    isConstant,
    states: states?.slice(first, end),
  };
}

function weigh(pieces: readonly Piece[]): number {
  return pieces.reduce(
    (sum, { values, states }) => sum + values.byteLength + (states?.byteLength ?? 0) + ENTRY_BYTES,
    0,
  );
}

/** Bit for bit. */
function areAlike(values: Float64Array, first: number, end: number): boolean {
  const words = new Uint32Array(values.buffer, values.byteOffset + 8 * first, 2 * (end - first));
  for (let i = 2; i < words.length; i++) if (words[i] !== words[i % 2]) return false;
  return true;
}

import { ByteWriter } from '../bytes/byte-writer.ts';
import { CELL } from '../cell.ts';
import { COLUMN } from '../column/column-kinds.ts';
import { encodeColumn } from '../column/encode-column.ts';
import { wordsOf } from '../column/words.ts';
import { InvalidColumnError } from '../errors.ts';
import { MAX_CELLS, MAX_COLUMNS } from '../limits.ts';
import { countValues, isComplete, writeCellMap } from './cell-map.ts';
import { EarlierColumns, StateMaps } from './shared-parts.ts';

/** Values of one series, or times: as many cells as every other column of its block. */
export interface Column {
  readonly values: Float64Array;
  /** A `CELL` state for each value; left out when every cell has a value. */
  readonly states?: Uint8Array | undefined;
}

/** The first byte of every block. */
export const BLOCK_VERSION = 1;

/** A column that is packed shorter than this is not worth referring to. */
const SHORTEST_COPIED = 12;

/**
 * Packs columns so that each can be read by itself. Every double comes back with the same bits.
 * The format is drawn in docs/sample-blocks.md.
 * @throws InvalidColumnError for columns of different lengths, or beyond the limits.
 */
export function encodeBlock(columns: readonly Column[]): Uint8Array {
  const encoder = new BlockEncoder();
  for (const column of columns) encoder.add(column);
  return encoder.finish();
}

/** Does what `encodeBlock` does column by column, for who cannot be busy for as long as all of them take. */
export class BlockEncoder {
  readonly #maps = new StateMaps();
  readonly #earlier = new EarlierColumns();
  readonly #directory = new ByteWriter();
  readonly #data = new ByteWriter();
  #columns = 0;
  #cells = 0;

  /** @throws InvalidColumnError for one of another length than those before, or beyond the limits. */
  add(column: Column): void {
    const index = this.#columns;
    if (index === 0) this.#cells = column.values.length;
    checkColumn(column, index, this.#cells);
    const { values, states } = column;
    const map = states === undefined || isComplete(states) ? undefined : this.#maps.indexOf(states);
    const dense = map === undefined ? values : selectValues(values, states as Uint8Array);
    const packed = packColumn(dense, index, this.#earlier);
    this.#directory.varint(packed.length * 2 + (map === undefined ? 0 : 1));
    if (map !== undefined) this.#directory.varint(map);
    this.#data.bytes(packed);
    this.#columns += 1;
  }

  /** The block. */
  finish(): Uint8Array {
    const out = new ByteWriter(this.#directory.length + this.#data.length + 16);
    out.byte(BLOCK_VERSION);
    out.varint(this.#cells);
    out.varint(this.#columns);
    out.varint(this.#maps.all.length);
    for (const states of this.#maps.all) writeCellMap(out, states);
    out.bytes(this.#directory.finish());
    out.bytes(this.#data.finish());
    return out.finish();
  }
}

function packColumn(values: Float64Array, index: number, earlier: EarlierColumns): Uint8Array {
  if (values.length === 0) return Uint8Array.of(COLUMN.empty);
  const twin = earlier.find(wordsOf(values));
  if (twin !== undefined) {
    const out = new ByteWriter(4);
    out.byte(COLUMN.copy);
    out.varint(twin);
    return out.finish();
  }
  const packed = encodeColumn(values);
  if (packed.length >= SHORTEST_COPIED) earlier.add(wordsOf(values), index);
  return packed;
}

function selectValues(values: Float64Array, states: Uint8Array): Float64Array {
  const dense = new Float64Array(countValues(states));
  const from = wordsOf(values);
  const to = wordsOf(dense);
  let at = 0;
  for (let i = 0; i < states.length; i++) {
    if (states[i] !== CELL.value) continue;
    to[at++] = from[2 * i] as number;
    to[at++] = from[2 * i + 1] as number;
  }
  return dense;
}

function checkColumn({ values, states }: Column, index: number, cells: number): void {
  if (index >= MAX_COLUMNS || cells > MAX_CELLS) {
    throw new InvalidColumnError(
      `${index + 1} columns of ${cells} cells are too many: a block has at most ${MAX_COLUMNS} of ${MAX_CELLS}`,
    );
  }
  const length = states?.length ?? values.length;
  if (values.length !== cells || length !== cells) {
    throw new InvalidColumnError(
      `column ${index} has ${values.length} values and ${length} states: each column of this block has ${cells}`,
    );
  }
  if (states !== undefined && hasUnknownState(states)) {
    throw new InvalidColumnError(`column ${index} has an unknown state: 0 to ${CELL.absent} are known`);
  }
}

function hasUnknownState(states: Uint8Array): boolean {
  for (let i = 0; i < states.length; i++) if ((states[i] as number) > CELL.absent) return true;
  return false;
}

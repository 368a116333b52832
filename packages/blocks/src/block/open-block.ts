import { ByteReader } from '../bytes/byte-reader.ts';
import { CELL } from '../cell.ts';
import { COLUMN } from '../column/column-kinds.ts';
import { decodeColumn } from '../column/decode-column.ts';
import { wordsOf } from '../column/words.ts';
import { DamagedBlockError } from '../errors.ts';
import { MAX_CELLS, MAX_COLUMNS } from '../limits.ts';
import { countValues, readCellMap } from './cell-map.ts';
import { BLOCK_VERSION } from './encode-block.ts';

/** A block whose directory was read. */
export interface Block {
  readonly columns: number;
  /** In each column. */
  readonly cells: number;
  /**
   * Unpacks one column and nothing else: its first cells, as many as there is room for. What comes behind them costs
   * nothing, and is not looked at.
   * @param values takes the cells, at most `cells` of them; NaN where a cell has no value.
   * @returns the states of all cells; undefined when each has a value. Not to be changed: columns share them.
   * @throws DamagedBlockError; RangeError for an index that is no column, and for too much room.
   */
  readColumn(index: number, values: Float64Array): Uint8Array | undefined;
}

/** More maps than this in one block are damage: each is read in full. */
const MAX_MAP_CELLS = 2 ** 26;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly map: number | undefined;
}

/**
 * Reads the directory of a block.
 * @throws DamagedBlockError for bytes that are no block. Damage inside of a column is found when that is read;
 *   a damaged column may also read as other values, so what is kept should have checksums of its own.
 */
export function openBlock(bytes: Uint8Array): Block {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== BLOCK_VERSION) {
    throw new DamagedBlockError(`a block begins with its version, ${BLOCK_VERSION}; here stands ${version}`);
  }
  const cells = readCount(reader, 'cells', MAX_CELLS);
  const columns = readCount(reader, 'columns', Math.min(MAX_COLUMNS, bytes.length));
  const mapCount = readCount(
    reader,
    'maps',
    Math.min(columns, bytes.length, MAX_MAP_CELLS / Math.max(cells, 1)),
  );
  const maps = Array.from({ length: mapCount }, () => readCellMap(reader, cells));
  const places = readDirectory(reader, columns, mapCount);

  function placeOf(index: number): Place {
    const place = places[index];
    if (!place) throw new RangeError(`column ${index} is not in a block of ${columns} columns`);
    return place;
  }

  function readColumn(index: number, values: Float64Array): Uint8Array | undefined {
    if (values.length > cells) throw new RangeError(`room for ${values.length} of ${cells} cells was given`);
    const isWhole = values.length === cells;
    const { map } = placeOf(index);
    const states = map === undefined ? undefined : maps[map];
    if (states === undefined) {
      unpack(index, values, isWhole, false);
      return undefined;
    }
    const dense = new Float64Array(countValues(states.subarray(0, values.length)));
    unpack(index, dense, isWhole, false);
    spread(dense, states, values);
    return states;
  }

  function unpack(index: number, values: Float64Array, isWhole: boolean, isCopy: boolean): void {
    const { start, end } = placeOf(index);
    const kind = bytes[start];
    if (kind === COLUMN.empty && values.length === 0) return;
    if (kind !== COLUMN.copy) {
      decodeColumn(values, bytes, { start, end }, isWhole);
      return;
    }
    const original = new ByteReader(bytes.subarray(0, end), start + 1).varint();
    if (isCopy || original >= index) {
      throw new DamagedBlockError(`column ${index} copies column ${original}, which is no earlier original`);
    }
    unpack(original, values, isWhole, true);
  }

  return { columns, cells, readColumn };
}

function readCount(reader: ByteReader, what: string, most: number): number {
  const count = reader.varint();
  if (count > most)
    throw new DamagedBlockError(`a block says that it has ${count} ${what}: at most ${most} fit`);
  return count;
}

function readDirectory(reader: ByteReader, columns: number, maps: number): readonly Place[] {
  const places: { start: number; end: number; map: number | undefined }[] = [];
  let total = 0;
  for (let i = 0; i < columns; i++) {
    const entry = reader.varint();
    const map = entry % 2 === 1 ? reader.varint() : undefined;
    if (map !== undefined && map >= maps) {
      throw new DamagedBlockError(`column ${i} has map ${map}: this block has ${maps}`);
    }
    const start = total;
    total += Math.floor(entry / 2);
    places.push({ start, end: total, map });
  }
  if (total !== reader.remaining) {
    throw new DamagedBlockError(`a block has ${reader.remaining} bytes of columns, and lists ${total}`);
  }
  const base = reader.position;
  for (const place of places) {
    place.start += base;
    place.end += base;
  }
  return places;
}

function spread(dense: Float64Array, states: Uint8Array, values: Float64Array): void {
  values.fill(NaN);
  const from = wordsOf(dense);
  const to = wordsOf(values);
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    if (states[i] !== CELL.value) continue;
    to[2 * i] = from[at++] as number;
    to[2 * i + 1] = from[at++] as number;
  }
}

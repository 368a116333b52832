import { ByteReader } from '../bytes/byte-reader.ts';
import { readDoubleWords } from '../bytes/double-words.ts';
import type { Stretch } from '../bytes/stretch.ts';
import { decodeNumbers } from '../coder/decode-numbers.ts';
import { DamagedBlockError } from '../errors.ts';
import { COLUMN, GRIDS } from './column-kinds.ts';
import { expandUnits, sumDifferences, type DifferenceOrder } from './differences.ts';
import { leaveGrid, type Grid } from './grid.ts';
import { wordsOf } from './words.ts';
import { decodeXor } from './xor-floats.ts';

/**
 * Unpacks the first values of what `encodeColumn` made, as many as `values` has room for.
 * @param isWhole that these are all: then their end is looked at too.
 * @throws DamagedBlockError
 */
export function decodeColumn(
  values: Float64Array,
  bytes: Uint8Array,
  { start, end }: Stretch,
  isWhole: boolean,
): void {
  const reader = new ByteReader(bytes.subarray(0, end), start);
  const kind = reader.byte();
  switch (kind) {
    case COLUMN.constantInteger:
      values.fill(reader.signedVarint());
      return;
    case COLUMN.constant:
      fillWithDouble(values, bytes, reader);
      return;
    case COLUMN.numbers:
      decodeOnGrid(values, bytes, reader, end, isWhole);
      return;
    case COLUMN.floats:
      decodeXor(wordsOf(values), bytes, { start: reader.position, end }, isWhole);
      return;
    default:
      throw new DamagedBlockError(
        `byte ${start} should begin a column, and is ${kind}, which is no kind of one`,
      );
  }
}

/** By its bits: a NaN keeps its payload. */
function fillWithDouble(values: Float64Array, bytes: Uint8Array, reader: ByteReader): void {
  const start = reader.position;
  reader.double();
  const [low, high] = readDoubleWords(bytes, start);
  const words = wordsOf(values);
  for (let i = 0; i < words.length; i += 2) {
    words[i] = low;
    words[i + 1] = high;
  }
}

function decodeOnGrid(
  values: Float64Array,
  bytes: Uint8Array,
  reader: ByteReader,
  end: number,
  isWhole: boolean,
): void {
  const method = reader.byte();
  const order = method % 4;
  if (order > 2) throw new DamagedBlockError(`a column has differences of order ${order}; 0 to 2 are known`);
  const grid = readGrid(reader, method >> 2);
  const floor = reader.signedVarint();
  const unit = reader.varint();
  decodeNumbers(values, bytes, { start: reader.position, end }, isWhole);
  sumDifferences(values, order as DifferenceOrder);
  expandUnits(values, { floor, unit });
  leaveGrid(values, grid);
}

function readGrid(reader: ByteReader, index: number): Grid {
  const kind = GRIDS[index];
  switch (kind) {
    case 'divided':
    case 'multiplied':
      return { kind, exponent: reader.byte() };
    case 'divided-twice':
      return { kind };
    case 'bits':
      return { kind, origin: reader.double() };
    case undefined:
      throw new DamagedBlockError(`a column lies on grid ${index}; 0 to ${GRIDS.length - 1} are known`);
    default:
      return kind satisfies never;
  }
}

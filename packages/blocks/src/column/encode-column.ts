import { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeNumbers } from '../coder/encode-numbers.ts';
import { COLUMN, GRIDS } from './column-kinds.ts';
import { chooseOrder, countUnits, takeDifferences } from './differences.ts';
import { findGrid, type Grid } from './grid.ts';
import { isConstant, wordsOf } from './words.ts';
import { encodeXor } from './xor-floats.ts';

/** Packs values, at least one, by the codec that suits them. */
export function encodeColumn(values: Float64Array): Uint8Array {
  const words = wordsOf(values);
  if (isConstant(words)) return encodeConstant(values);
  const found = findGrid(values);
  return found ? encodeOnGrid(found.grid, found.integers) : encodeFloats(values);
}

function encodeConstant(values: Float64Array): Uint8Array {
  const out = new ByteWriter(9);
  const value = values[0] as number;
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 48 && !Object.is(value, -0)) {
    out.byte(COLUMN.constantInteger);
    out.signedVarint(value);
  } else {
    out.byte(COLUMN.constant);
    out.bytes(new Uint8Array(values.buffer, values.byteOffset, 8));
  }
  return out.finish();
}

function encodeOnGrid(grid: Grid, integers: Float64Array): Uint8Array {
  const { floor, unit } = countUnits(integers);
  const order = chooseOrder(integers);
  takeDifferences(integers, order);
  const out = new ByteWriter(integers.length);
  out.byte(COLUMN.numbers);
  out.byte(GRIDS.indexOf(grid.kind) * 4 + order);
  if (grid.kind === 'bits') out.double(grid.origin);
  if (grid.kind === 'divided' || grid.kind === 'multiplied') out.byte(grid.exponent);
  out.signedVarint(floor);
  out.varint(unit);
  out.bytes(encodeNumbers(integers));
  return out.finish();
}

function encodeFloats(values: Float64Array): Uint8Array {
  const out = new ByteWriter(values.length * 8);
  out.byte(COLUMN.floats);
  out.bytes(encodeXor(wordsOf(values)));
  return out.finish();
}

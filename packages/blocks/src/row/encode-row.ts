import { ByteWriter } from '../bytes/byte-writer.ts';
import { CELL } from '../cell.ts';
import { InvalidColumnError } from '../errors.ts';
import { MAX_COLUMNS } from '../limits.ts';
import { TAG } from './tags.ts';

/**
 * Packs the cells of one scrape by themselves: what is kept until enough scrapes make a block. It is quick rather
 * than small: runs of equal cells, short integers and decimals, and all else as it is.
 * @throws InvalidColumnError
 */
export function encodeRow(values: Float64Array, states?: Uint8Array): Uint8Array {
  if (values.length > MAX_COLUMNS || (states !== undefined && states.length !== values.length)) {
    throw new InvalidColumnError(
      `a row of ${values.length} values and ${states?.length ?? 0} states: at most ${MAX_COLUMNS}, and as many states`,
    );
  }
  const out = new ByteWriter(values.length * 3 + 16);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let i = 0;
  while (i < values.length) {
    const state = states?.[i] ?? CELL.value;
    let end = i + 1;
    while (end < values.length && isSameCell(values, states, i, end)) end += 1;
    if (end - i > 1) writeRun(out, end - i);
    if (state === CELL.value) writeValue(out, values[i] as number, bytes, i);
    else out.byte(TAG.stale + state - CELL.stale);
    i = end;
  }
  return out.finish();
}

function isSameCell(values: Float64Array, states: Uint8Array | undefined, a: number, b: number): boolean {
  const state = states?.[a] ?? CELL.value;
  if (state !== (states?.[b] ?? CELL.value)) return false;
  // A NaN is never equal to the next, so that the payload of each is kept.
  return state !== CELL.value || (values[a] === values[b] && Object.is(values[a], values[b]));
}

function writeRun(out: ByteWriter, length: number): void {
  out.byte(TAG.run);
  out.varint(length);
}

const MAX_EXPONENT = TAG.stale - TAG.decimal - 1;

function writeValue(out: ByteWriter, value: number, bytes: Uint8Array, index: number): void {
  if (value >= 0 && value < 128 && (value | 0) === value && !Object.is(value, -0)) {
    out.byte(TAG.small + value);
    return;
  }
  let divisor = 1;
  for (let exponent = 0; exponent <= MAX_EXPONENT; exponent++) {
    const integer = Math.round(value * divisor);
    if (!(Math.abs(integer) < 2 ** 47)) break;
    if (Object.is(integer / divisor, value) && !Object.is(integer, -0)) {
      out.byte(TAG.decimal + exponent);
      out.signedVarint(integer);
      return;
    }
    divisor *= 10;
  }
  out.byte(TAG.double);
  out.bytes(bytes.subarray(index * 8, index * 8 + 8));
}

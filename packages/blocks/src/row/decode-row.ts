import { ByteReader } from '../bytes/byte-reader.ts';
import { readDoubleWords } from '../bytes/double-words.ts';
import { CELL } from '../cell.ts';
import { wordsOf } from '../column/words.ts';
import { DamagedBlockError } from '../errors.ts';
import { TAG } from './tags.ts';

/**
 * Unpacks what `encodeRow` made. `values` and `states` say how many cells are expected; where a cell has no value,
 * NaN stands.
 * @returns whether every cell has a value.
 * @throws DamagedBlockError
 */
export function decodeRow(bytes: Uint8Array, values: Float64Array, states: Uint8Array): boolean {
  const reader = new ByteReader(bytes);
  const words = wordsOf(values);
  let isComplete = true;
  let i = 0;
  while (i < values.length) {
    let tag = reader.byte();
    let length = 1;
    if (tag === TAG.run) {
      length = reader.varint();
      tag = reader.byte();
    }
    if (length === 0 || length > values.length - i) {
      throw new DamagedBlockError(`a row of ${values.length} cells has a run of ${length} at cell ${i}`);
    }
    const end = i + length;
    if (length === 1 && tag >= TAG.small) {
      // The most frequent cell by far: filling ranges costs more than the rest together.
      states[i] = CELL.value;
      values[i] = tag - TAG.small;
    } else if (length === 1 && tag >= TAG.decimal && tag < TAG.stale) {
      states[i] = CELL.value;
      values[i] = readNumber(reader, tag);
    } else if (tag === TAG.stale || tag === TAG.absent) {
      values.fill(NaN, i, end);
      states.fill(CELL.stale + tag - TAG.stale, i, end);
      isComplete = false;
    } else {
      states.fill(CELL.value, i, end);
      if (tag === TAG.double) copyDouble(bytes, reader, words, i, end);
      else values.fill(readNumber(reader, tag), i, end);
    }
    i = end;
  }
  if (reader.remaining > 0) {
    throw new DamagedBlockError(`${reader.remaining} bytes follow a row of ${values.length} cells`);
  }
  return isComplete;
}

function readNumber(reader: ByteReader, tag: number): number {
  if (tag >= TAG.small) return tag - TAG.small;
  if (tag < TAG.decimal || tag >= TAG.stale) {
    throw new DamagedBlockError(`a cell before byte ${reader.position} begins with ${tag}, which is no tag`);
  }
  return reader.signedVarint() / 10 ** (tag - TAG.decimal);
}

/** By its bits: a NaN keeps its payload. */
function copyDouble(
  bytes: Uint8Array,
  reader: ByteReader,
  words: Uint32Array,
  from: number,
  to: number,
): void {
  const start = reader.position;
  reader.double();
  const [low, high] = readDoubleWords(bytes, start);
  for (let i = from; i < to; i++) {
    words[2 * i] = low;
    words[2 * i + 1] = high;
  }
}

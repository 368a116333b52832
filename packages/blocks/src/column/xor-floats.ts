import type { Stretch } from '../bytes/stretch.ts';
import { BitModels } from '../coder/bit-models.ts';
import { END_MARK } from '../coder/encode-numbers.ts';
import { RangeDecoder } from '../coder/range-decoder.ts';
import { RangeEncoder } from '../coder/range-encoder.ts';
import { DamagedBlockError } from '../errors.ts';
import type { Words } from './words.ts';

/**
 * For doubles on no grid: the bits in which each differs from the one before. Coded are whether there are any,
 * how many zeros lead and trail, and what lies between.
 */
export function encodeXor(words: Words): Uint8Array {
  const encoder = new RangeEncoder();
  const models = createModels();
  let low = 0;
  let high = 0;
  let wasEqual = 0;
  for (let i = 0; i < words.length; i += 2) {
    const lowXor = ((words[i] as number) ^ low) >>> 0;
    const highXor = ((words[i + 1] as number) ^ high) >>> 0;
    low = words[i] as number;
    high = words[i + 1] as number;
    const isEqual = lowXor === 0 && highXor === 0 ? 1 : 0;
    encoder.bit(models.equal, wasEqual, isEqual);
    wasEqual = isEqual;
    if (isEqual === 1) continue;
    const leading = highXor === 0 ? 32 + Math.clz32(lowXor) : Math.clz32(highXor);
    const trailing = lowXor === 0 ? 32 + trailingZeros(highXor) : trailingZeros(lowXor);
    encodeTree(encoder, models.leading, leading);
    encodeTree(encoder, models.trailing, trailing);
    let at = 63 - leading;
    while (at > trailing + 1) {
      const count = Math.min(8, at - trailing - 1);
      at -= count;
      encoder.plainBits(bitsAt(lowXor, highXor, at, count), count);
    }
  }
  encoder.plainBits(END_MARK, 8);
  return encoder.finish();
}

/**
 * Unpacks the first doubles, as many as there is room for.
 * @param isWhole that these are all: then the end mark has to follow.
 * @throws DamagedBlockError
 */
export function decodeXor(words: Words, bytes: Uint8Array, { start, end }: Stretch, isWhole: boolean): void {
  const decoder = new RangeDecoder(bytes, start, end);
  const models = createModels();
  let low = 0;
  let high = 0;
  let wasEqual = 0;
  for (let i = 0; i < words.length; i += 2) {
    wasEqual = decoder.bit(models.equal, wasEqual);
    if (wasEqual === 0) {
      const leading = decodeTree(decoder, models.leading);
      // Only damaged bytes let them overlap.
      const trailing = Math.min(decodeTree(decoder, models.trailing), 63 - leading);
      let at = 63 - leading;
      const difference = { low: 0, high: 0 };
      setBits(difference, at, 1);
      while (at > trailing + 1) {
        const count = Math.min(8, at - trailing - 1);
        at -= count;
        setBits(difference, at, decoder.plainBits(count));
      }
      setBits(difference, trailing, 1);
      low = (low ^ difference.low) >>> 0;
      high = (high ^ difference.high) >>> 0;
    }
    words[i] = low;
    words[i + 1] = high;
  }
  if (isWhole && decoder.plainBits(8) !== END_MARK) {
    throw new DamagedBlockError(`the column in bytes ${start} to ${end} does not end where it should`);
  }
}

function createModels(): Readonly<Record<'equal' | 'leading' | 'trailing', BitModels>> {
  return { equal: new BitModels(2), leading: new BitModels(64), trailing: new BitModels(64) };
}

function encodeTree(encoder: RangeEncoder, models: BitModels, value: number): void {
  let node = 1;
  for (let i = 5; i >= 0; i--) {
    const bit = (value >> i) & 1;
    encoder.bit(models, node, bit);
    node = node * 2 + bit;
  }
}

function decodeTree(decoder: RangeDecoder, models: BitModels): number {
  let node = 1;
  for (let i = 0; i < 6; i++) node = node * 2 + decoder.bit(models, node);
  return node - 64;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** `count` bits, at most 8, from bit `at` upwards. */
function bitsAt(low: number, high: number, at: number, count: number): number {
  const mask = 2 ** count - 1;
  if (at >= 32) return (high >>> (at - 32)) & mask;
  if (at + count <= 32) return (low >>> at) & mask;
  return ((low >>> at) | (high << (32 - at))) & mask;
}

function setBits(target: { low: number; high: number }, at: number, bits: number): void {
  if (at >= 32) {
    target.high |= bits << (at - 32);
  } else {
    target.low |= bits << at;
    if (at > 0) target.high |= bits >>> (32 - at);
  }
}

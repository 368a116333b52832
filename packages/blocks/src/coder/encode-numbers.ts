import {
  bitLength,
  CLASS_BITS,
  createNumberModels,
  LONGEST_REPEAT,
  MODELLED_BITS,
  resetNumberModels,
} from './number-models.ts';
import { RangeEncoder } from './range-encoder.ts';
import { RepeatFinder } from './repeat-finder.ts';

/** Ends every stream, so that damage before it is noticed. */
export const END_MARK = 0xa5;

const models = createNumberModels();

/** Packs integers with magnitudes up to 2^53, each by what the ones before it make probable. */
export function encodeNumbers(numbers: Float64Array): Uint8Array {
  resetNumberModels(models);
  const encoder = new RangeEncoder();
  const repeats = new RepeatFinder(numbers);
  let zeros = 7;
  let sign = 0;
  for (const number of numbers) {
    const magnitude = Math.abs(number);
    const bits = bitLength(magnitude);
    const isNegative = number < 0 ? 1 : 0;
    let isTold = 0;
    if (repeats.length > 0) {
      isTold = repeats.foretold === number ? 1 : 0;
      encoder.bit(models.repeated, Math.min(repeats.length, LONGEST_REPEAT), isTold);
    }
    if (isTold === 0) {
      encoder.bit(models.nonZero, zeros, bits === 0 ? 0 : 1);
      if (bits > 0) {
        encoder.bit(models.negative, sign, isNegative);
        encodeMagnitude(encoder, magnitude, bits);
      }
    }
    repeats.advance();
    zeros = ((zeros << 1) & 7) | (bits === 0 ? 0 : 1);
    if (bits > 0) sign = 1 + isNegative;
  }
  encoder.plainBits(END_MARK, 8);
  return encoder.finish();
}

function encodeMagnitude(encoder: RangeEncoder, magnitude: number, bits: number): void {
  let node = 1;
  for (let i = CLASS_BITS - 1; i >= 0; i--) {
    const bit = (bits >> i) & 1;
    encoder.bit(models.classes, node, bit);
    node = node * 2 + bit;
  }
  const modelled = Math.min(bits - 1, MODELLED_BITS);
  let rest = bits - 1 - modelled;
  const lead = shiftRight(magnitude, rest);
  node = 1;
  for (let i = modelled - 1; i >= 0; i--) {
    const bit = (lead >> i) & 1;
    encoder.bit(models.leading, (bits << MODELLED_BITS) + node, bit);
    node = node * 2 + bit;
  }
  while (rest > 0) {
    const count = Math.min(rest, 8);
    rest -= count;
    encoder.plainBits(shiftRight(magnitude, rest) & (2 ** count - 1), count);
  }
}

/** The low 32 bits of what is left of a magnitude; beyond 31 bits a shift would cut it. */
function shiftRight(magnitude: number, count: number): number {
  return magnitude < 2 ** 31 ? magnitude >> count : Math.floor(magnitude / 2 ** count) | 0;
}

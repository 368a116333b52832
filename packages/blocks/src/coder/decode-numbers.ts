import type { Stretch } from '../bytes/stretch.ts';
import { DamagedBlockError } from '../errors.ts';
import { END_MARK } from './encode-numbers.ts';
import {
  bitLength,
  CLASS_BITS,
  createNumberModels,
  LONGEST_REPEAT,
  MODELLED_BITS,
  resetNumberModels,
} from './number-models.ts';
import { RangeDecoder } from './range-decoder.ts';
import { RepeatFinder } from './repeat-finder.ts';

const models = createNumberModels();

/**
 * Unpacks the first integers of a stream, as many as there is room for.
 * @param isWhole that these are all: then the end mark has to follow.
 * @throws DamagedBlockError where it does not.
 */
export function decodeNumbers(
  numbers: Float64Array,
  bytes: Uint8Array,
  { start, end }: Stretch,
  isWhole: boolean,
): void {
  resetNumberModels(models);
  const decoder = new RangeDecoder(bytes, start, end);
  const repeats = new RepeatFinder(numbers);
  let zeros = 7;
  let sign = 0;
  for (let i = 0; i < numbers.length; i++) {
    let number = 0;
    if (repeats.length > 0 && decoder.bit(models.repeated, Math.min(repeats.length, LONGEST_REPEAT)) === 1) {
      number = repeats.foretold;
    } else if (decoder.bit(models.nonZero, zeros) === 1) {
      const isNegative = decoder.bit(models.negative, sign) === 1;
      const magnitude = decodeMagnitude(decoder);
      number = isNegative ? -magnitude : magnitude;
    }
    numbers[i] = number;
    repeats.advance();
    const bits = bitLength(Math.abs(number));
    zeros = ((zeros << 1) & 7) | (bits === 0 ? 0 : 1);
    if (bits > 0) sign = number < 0 ? 2 : 1;
  }
  if (isWhole && decoder.plainBits(8) !== END_MARK) {
    throw new DamagedBlockError(`the column in bytes ${start} to ${end} does not end where it should`);
  }
}

function decodeMagnitude(decoder: RangeDecoder): number {
  let node = 1;
  for (let i = 0; i < CLASS_BITS; i++) {
    node = node * 2 + decoder.bit(models.classes, node);
  }
  // Only damaged bytes say more than 54 bits, or none.
  const bits = Math.min(Math.max(node - 2 ** CLASS_BITS, 1), 54);
  const modelled = Math.min(bits - 1, MODELLED_BITS);
  let rest = bits - 1 - modelled;
  let magnitude = 1;
  for (let i = 0; i < modelled; i++) {
    magnitude = magnitude * 2 + decoder.bit(models.leading, (bits << MODELLED_BITS) + magnitude);
  }
  while (rest > 0) {
    const count = Math.min(rest, 8);
    rest -= count;
    magnitude = magnitude * 2 ** count + decoder.plainBits(count);
  }
  return magnitude;
}

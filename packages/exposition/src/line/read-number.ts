import { DOT, LOWER_E, MINUS, NINE, PLUS, UPPER_E, ZERO } from './character.ts';
import type { Cursor } from './cursor.ts';

/** The powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Every integer of so many decimal digits is exact in a double. */
const EXACT_DIGITS = 15;
const WORDS = /^[+-]?(?:nan|infinity|inf)/i;
const LONGEST_WORD = 9;

/**
 * Reads a number, correctly rounded: a decimal with an optional exponent, or NaN, Inf and Infinity in any case.
 * A short decimal is an exact integer multiplied or divided by an exact power of ten, which rounds once; all
 * others go to the runtime's own parser.
 */
export function readNumber(cursor: Cursor): number {
  const { bytes, end } = cursor;
  const start = cursor.at;
  let at = start;
  let byte = at < end ? (bytes[at] as number) : -1;
  const isNegative = byte === MINUS;
  if (isNegative || byte === PLUS) {
    at += 1;
    byte = at < end ? (bytes[at] as number) : -1;
  }
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let scale = 0;
  while (byte >= ZERO && byte <= NINE) {
    mantissa = mantissa * 10 + (byte - ZERO);
    if (mantissa !== 0) significant += 1;
    digits += 1;
    at += 1;
    byte = at < end ? (bytes[at] as number) : -1;
  }
  if (byte === DOT) {
    at += 1;
    byte = at < end ? (bytes[at] as number) : -1;
    while (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      if (mantissa !== 0) significant += 1;
      digits += 1;
      scale -= 1;
      at += 1;
      byte = at < end ? (bytes[at] as number) : -1;
    }
  }
  if (digits === 0) return readWord(cursor);
  if (byte === LOWER_E || byte === UPPER_E) {
    at += 1;
    byte = at < end ? (bytes[at] as number) : -1;
    const isExponentNegative = byte === MINUS;
    if (isExponentNegative || byte === PLUS) {
      at += 1;
      byte = at < end ? (bytes[at] as number) : -1;
    }
    if (!(byte >= ZERO && byte <= NINE)) cursor.expect('a digit of the exponent', at);
    let exponent = 0;
    while (byte >= ZERO && byte <= NINE) {
      exponent = Math.min(exponent * 10 + (byte - ZERO), 1e6);
      at += 1;
      byte = at < end ? (bytes[at] as number) : -1;
    }
    scale += isExponentNegative ? -exponent : exponent;
  }
  cursor.at = at;
  if (significant <= EXACT_DIGITS && scale >= -22 && scale <= 22) {
    const magnitude =
      scale < 0 ? mantissa / (POWERS_OF_TEN[-scale] as number) : mantissa * (POWERS_OF_TEN[scale] as number);
    return isNegative ? -magnitude : magnitude;
  }
  return Number(bytes.toString('latin1', start, at));
}

function readWord(cursor: Cursor): number {
  const head = cursor.bytes.toString('latin1', cursor.at, Math.min(cursor.at + LONGEST_WORD, cursor.end));
  const [word] = WORDS.exec(head) ?? [];
  if (word === undefined) cursor.expect('a number');
  cursor.at += word.length;
  if (word.toLowerCase().endsWith('nan')) return Number.NaN;
  return word.startsWith('-') ? -Infinity : Infinity;
}

import type { ExpositionFormat } from '../exposition.ts';
import { MINUS, NINE, PLUS, ZERO } from './character.ts';
import type { Cursor } from './cursor.ts';
import { readNumber } from './read-number.ts';

/** What a JavaScript date reaches: the years up to 275760, in both directions. */
const MAX_MS = 8.64e15;

/** A sample's timestamp in milliseconds: whole milliseconds in Prometheus text, seconds in OpenMetrics. */
export function readTimestampMs(cursor: Cursor, format: ExpositionFormat): number {
  const start = cursor.at;
  const timestampMs = format === 'text' ? readInteger(cursor) : Math.round(readNumber(cursor) * 1000);
  // The comparison is false for NaN, which is no time either.
  if (!(Math.abs(timestampMs) <= MAX_MS)) {
    cursor.fail(`the timestamp is out of range; at most ${MAX_MS} ms from 1970 are allowed`, start);
  }
  // The negative zero that rounding may leave is zero, like any other time.
  return timestampMs + 0;
}

function readInteger(cursor: Cursor): number {
  const start = cursor.at;
  let byte = cursor.peek();
  if (byte === MINUS || byte === PLUS) {
    cursor.at += 1;
    byte = cursor.peek();
  }
  let magnitude = 0;
  const firstDigit = cursor.at;
  while (byte >= ZERO && byte <= NINE) {
    magnitude = magnitude * 10 + (byte - ZERO);
    cursor.at += 1;
    byte = cursor.peek();
  }
  if (cursor.at === firstDigit)
    cursor.expect('a timestamp in whole milliseconds or the end of the line', start);
  return cursor.bytes[start] === MINUS ? -magnitude : magnitude;
}

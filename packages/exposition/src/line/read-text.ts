import { BACKSLASH, CHARACTER_CLASS, LF, QUOTE } from './character.ts';
import type { Cursor } from './cursor.ts';

/**
 * Reads an unquoted name: `start` and `part` are the classes of its first and its further bytes.
 * Throws where none stands; `what` says what was expected.
 */
export function readBareName(cursor: Cursor, start: number, part: number, what: string): string {
  const { bytes, end } = cursor;
  const from = cursor.at;
  let at = from;
  if (at >= end || ((CHARACTER_CLASS[bytes[at] as number] as number) & start) === 0) cursor.expect(what);
  at += 1;
  while (at < end && ((CHARACTER_CLASS[bytes[at] as number] as number) & part) !== 0) at += 1;
  cursor.at = at;
  return cursor.slice(from, at);
}

/** Text between double quotes, the cursor being at the first; `\\`, `\"` and `\n` stand for one character. */
export function readQuoted(cursor: Cursor): string {
  const { bytes, end } = cursor;
  const from = cursor.at + 1;
  let at = from;
  let hasEscapes = false;
  for (;;) {
    const byte = at < end ? (bytes[at] as number) : LF;
    if (byte === QUOTE) break;
    if (byte === LF) cursor.expect('a closing double quote', at);
    if (byte === BACKSLASH) {
      hasEscapes = true;
      // Whatever follows a backslash cannot end the text, except the end of the line.
      at += bytes[at + 1] === LF ? 1 : 2;
    } else {
      at += 1;
    }
  }
  cursor.at = at + 1;
  const text = cursor.slice(from, at);
  return hasEscapes ? unescape(text) : text;
}

/** A backslash before any other character stands for itself, as in OpenMetrics. */
export function unescape(text: string): string {
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

import {
  BACKSLASH,
  CHARACTER_CLASS,
  CLOSE_BRACE,
  COMMA,
  EQUALS,
  LABEL_PART,
  LABEL_START,
  NAME_PART,
  NAME_START,
  OPEN_BRACE,
  QUOTE,
  SPACE,
  TAB,
} from './character.ts';

/** What {@link scanPlainSeries} found: offsets, kept in one object so that a scan makes none. */
export class PlainSeries {
  nameEnd = 0;
  /** How many labels; label i is at `marks[3 * i]` (name), `[3 * i + 1]` (its end), `[3 * i + 2]` (end of the value). */
  count = 0;
  readonly marks: Int32Array;

  constructor(maxLabels: number) {
    this.marks = new Int32Array(maxLabels * 3);
  }
}

/**
 * Scans a series written as every client library writes it: `name{a="b",c="d"}`, or a bare name, then a space; no
 * blanks, no escapes. Gives the place of that space, or -1 for all else, valid or not, which the grammar
 * then reads in full. It exists for speed alone: nearly every line that is seen for the first time is plain.
 */
export function scanPlainSeries(bytes: Uint8Array, start: number, end: number, found: PlainSeries): number {
  const { marks } = found;
  let at = start;
  let byte = at < end ? (bytes[at] as number) : 0;
  if (((CHARACTER_CLASS[byte] as number) & NAME_START) === 0) return -1;
  do {
    at += 1;
    byte = at < end ? (bytes[at] as number) : 0;
  } while (((CHARACTER_CLASS[byte] as number) & NAME_PART) !== 0);
  found.nameEnd = at;
  found.count = 0;
  if (byte === SPACE) {
    // Braces may stand after blanks.
    const next = bytes[at + 1];
    return next === SPACE || next === TAB || next === OPEN_BRACE ? -1 : at;
  }
  if (byte !== OPEN_BRACE) return -1;
  for (let mark = 0; mark < marks.length; mark += 3) {
    at += 1;
    marks[mark] = at;
    byte = at < end ? (bytes[at] as number) : 0;
    if (((CHARACTER_CLASS[byte] as number) & LABEL_START) === 0) return -1;
    do {
      at += 1;
      byte = at < end ? (bytes[at] as number) : 0;
    } while (((CHARACTER_CLASS[byte] as number) & LABEL_PART) !== 0);
    marks[mark + 1] = at;
    if (byte !== EQUALS || bytes[at + 1] !== QUOTE) return -1;
    at += 2;
    byte = at < end ? (bytes[at] as number) : 0;
    while (byte !== QUOTE) {
      // Below a space are the line's end and the zero that stands for the end of the text.
      if (byte === BACKSLASH || byte < SPACE) return -1;
      at += 1;
      byte = at < end ? (bytes[at] as number) : 0;
    }
    marks[mark + 2] = at;
    found.count += 1;
    at += 1;
    byte = at < end ? (bytes[at] as number) : 0;
    if (byte === CLOSE_BRACE) return bytes[at + 1] === SPACE ? at + 1 : -1;
    if (byte !== COMMA) return -1;
  }
  return -1;
}

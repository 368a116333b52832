import { ExpositionError } from '../exposition-error.ts';
import type { ExpositionErrorCode, TextPosition } from '../exposition-error.ts';
import { CR, LF, SPACE, TAB } from './character.ts';

const FOUR_LFS = 0x0a0a0a0a;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A place in the bytes of a text, and what every reader of the grammar needs there. */
export class Cursor {
  readonly bytes: Buffer;
  /** The same bytes, to be read four at a time. */
  readonly view: DataView;
  readonly end: number;
  /** The next byte to read. */
  at = 0;
  /** The whole text, where it is ASCII: a character is a byte then, and a piece of it costs next to nothing. */
  #text: string | undefined;
  /** A line that is known by number, so that locating many faults in ascending order stays linear. */
  #knownLine = 1;
  #knownStart = 0;

  /** The bytes are not copied: they must not change while the cursor reads them. */
  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
  }

  /**
   * Refuses bytes that are not UTF-8. With `keepsText` the strings that are read share the memory of the whole
   * text, which makes them cheap; without it each is a copy, and keeping one keeps nothing else.
   */
  decode(keepsText: boolean): void {
    try {
      const text = DECODER.decode(this.bytes);
      this.#text = keepsText && text.length === this.end ? text : undefined;
    } catch {
      this.fail('the bytes are not UTF-8', this.#findBadByte(), 'encoding');
    }
  }

  /** The byte at the cursor, or -1 at the end. */
  peek(): number {
    return this.at < this.end ? (this.bytes[this.at] as number) : -1;
  }

  skipBlanks(): void {
    const { bytes } = this;
    let { at } = this;
    // Past the end a byte is undefined, which is no blank.
    while (bytes[at] === SPACE || bytes[at] === TAB) at += 1;
    this.at = at;
  }

  /** Whether a line ends here; the end of the text ends a line too. */
  isAtLineEnd(): boolean {
    if (this.at >= this.end) return true;
    const byte = this.bytes[this.at];
    return byte === LF || (byte === CR && (this.at + 1 === this.end || this.bytes[this.at + 1] === LF));
  }

  /** Where the line ends: at its LF, or the end of the text. */
  findLineEnd(): number {
    const { bytes, view, end } = this;
    let { at } = this;
    for (; at + 4 <= end; at += 4) {
      // A byte that is LF becomes zero, and the subtraction borrows from a zero byte alone.
      const word = view.getInt32(at) ^ FOUR_LFS;
      if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break;
    }
    while (at < end && bytes[at] !== LF) at += 1;
    return at;
  }

  /** Goes to the start of the next line, from anywhere in this one. */
  skipLine(): void {
    this.at = Math.min(this.findLineEnd() + 1, this.end);
  }

  /** The text of these bytes. */
  slice(start: number, end: number): string {
    return this.#text === undefined ? this.bytes.toString('utf8', start, end) : this.#text.slice(start, end);
  }

  /** Throws the error for what stands at the cursor, such as `expected "=" after the label's name`. */
  expect(what: string, at = this.at): never {
    return this.fail(`expected ${what}, found ${this.#describe(at)}`, at);
  }

  fail(problem: string, at = this.at, code: ExpositionErrorCode = 'syntax'): never {
    throw new ExpositionError(code, problem, this.locate(at));
  }

  /** The line and the column of a byte. */
  locate(at: number): TextPosition {
    if (at < this.#knownStart) {
      this.#knownLine = 1;
      this.#knownStart = 0;
    }
    for (;;) {
      const lineEnd = this.bytes.indexOf(LF, this.#knownStart);
      if (lineEnd < 0 || lineEnd >= at) break;
      this.#knownLine += 1;
      this.#knownStart = lineEnd + 1;
    }
    let column = 1;
    for (let i = this.#knownStart; i < at; i += 1) {
      // Continuation bytes of UTF-8 belong to the character before them.
      if (((this.bytes[i] as number) & 0xc0) !== 0x80) column += 1;
    }
    return { line: this.#knownLine, column };
  }

  /** Line by line, because only the failing case comes here: the first line that is not UTF-8, to its byte. */
  #findBadByte(): number {
    let start = 0;
    for (; start < this.end; start = this.at) {
      this.at = start;
      this.skipLine();
      if (!isUtf8(this.bytes.subarray(start, this.at))) break;
    }
    const line = this.bytes.subarray(start, this.at);
    let [good, bad] = [0, line.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (isUtf8Prefix(line.subarray(0, middle))) good = middle;
      else bad = middle;
    }
    // A character that is cut off there began a few bytes before.
    while (!isUtf8(line.subarray(0, good))) good -= 1;
    return start + good;
  }

  #describe(at: number): string {
    if (at >= this.end) return 'the end of the text';
    if (this.bytes[at] === LF || (this.bytes[at] === CR && this.bytes[at + 1] === LF)) {
      return 'the end of the line';
    }
    const lineEnd = this.bytes.indexOf(LF, at);
    const rest = this.bytes.toString('utf8', at, Math.min(lineEnd < 0 ? this.end : lineEnd, at + 80));
    const characters = Array.from(rest.replace(/\r$/, ''));
    return JSON.stringify(characters.length > 20 ? `${characters.slice(0, 20).join('')}…` : rest);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    DECODER.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether bytes are UTF-8 but for a character that is cut off at their end. */
function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

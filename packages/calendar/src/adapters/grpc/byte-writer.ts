/** Text up to this length is written character by character, which is cheaper than a call out of JavaScript. */
const SHORT_TEXT = 64;

/**
 * Writes the parts of the protobuf wire format (https://protobuf.dev/programming-guides/encoding/) into
 * memory that is used again for the next message.
 */
export class ByteWriter {
  #bytes = Buffer.allocUnsafeSlow(16 * 1024);
  #length = 0;

  reset(): void {
    this.#length = 0;
  }

  /** A copy of what was written. */
  take(): Buffer {
    const copy = Buffer.allocUnsafe(this.#length);
    this.#bytes.copy(copy, 0, 0, this.#length);
    return copy;
  }

  /** A whole number from 0 to 2^32 - 1. */
  varint(value: number): void {
    this.#reserve(5);
    this.#length = this.#putVarint(value, this.#length);
  }

  /** A signed number in 64 bits: two's complement, ten bytes where it is negative. */
  varint64(value: bigint): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  /** The length of a text in UTF-8, then the text. */
  text(text: string): void {
    if (text.length < SHORT_TEXT && this.#shortAscii(text)) return;
    const size = Buffer.byteLength(text);
    this.#reserve(size + 5);
    const start = this.#putVarint(size, this.#length);
    this.#length = start + this.#bytes.write(text, start);
  }

  /** What `write` writes, with its length in front. */
  nested(write: () => void): void {
    // Most nested messages have 128 to 16,383 bytes: their length takes two.
    const guess = 2;
    this.#reserve(guess);
    const start = this.#length;
    this.#length += guess;
    write();
    const size = this.#length - start - guess;
    const needed = size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : size < 1 << 21 ? 3 : size < 1 << 28 ? 4 : 5;
    if (needed !== guess) {
      this.#reserve(needed);
      this.#bytes.copyWithin(start + needed, start + guess, this.#length);
    }
    this.#putVarint(size, start);
    this.#length = start + needed + size;
  }

  #shortAscii(text: string): boolean {
    const size = text.length;
    this.#reserve(size + 1);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = size;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.#length = at;
    return true;
  }

  #putVarint(value: number, start: number): number {
    let at = start;
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[at++] = rest;
    return at;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

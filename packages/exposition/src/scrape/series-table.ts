import { hasSameBytes } from './same-bytes.ts';

/**
 * Which series stands for which text: a hash table over the bytes of a text, so that looking a line up makes no
 * string. It keeps the text that it was made of.
 */
export class SeriesTable {
  readonly #text: DataView;
  /** Entry number plus one, or zero; a power of two, at most half full. */
  #slots = new Int32Array(2048);
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #hashes: number[] = [];
  readonly #columns: number[] = [];

  constructor(text: DataView) {
    this.#text = text;
  }

  /** The column of a series by the bytes of its text, or -1. */
  find(text: DataView, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] as number) - 1;
      if (entry < 0) return -1;
      const length = end - start;
      const entryStart = this.#starts[entry] as number;
      if (
        this.#hashes[entry] === hash &&
        (this.#ends[entry] as number) - entryStart === length &&
        hasSameBytes(text, start, this.#text, entryStart, length)
      ) {
        return this.#columns[entry] as number;
      }
    }
  }

  /** Adds a text that is not in the table yet. */
  add(start: number, end: number, hash: number, column: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#hashes.push(hash);
    this.#columns.push(column);
    if (this.#starts.length * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let entry = 0; entry < this.#starts.length; entry += 1) this.#place(entry);
    } else {
      this.#place(this.#starts.length - 1);
    }
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[entry] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }
}

/** A hash of bytes, mixed so that texts which differ in their last digit alone fall apart. */
export function hashBytes(text: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ text.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at += 1) {
    hash = Math.imul(hash ^ text.getUint8(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  // Thirty bits are a small integer on every platform.
  return hash & 0x3fffffff;
}

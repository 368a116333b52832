import type { BitModels } from './bit-models.ts';
import { NARROWEST, WIDEST } from './range-encoder.ts';

/** The counterpart of `RangeEncoder`. Whatever the bytes are, it goes on: past their end it reads zeros. */
export class RangeDecoder {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;
  #code = 0;
  #range = WIDEST;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    let code = 0;
    for (let i = 0; i < 4; i++) code = code * 256 + this.#next();
    // Damaged bytes may lie outside of every interval.
    this.#code = Math.min(code, WIDEST - 1);
  }

  bit(models: BitModels, index: number): number {
    const split = (this.#range >>> 15) * (models.chances[index] as number);
    let bit = 0;
    if (this.#code < split) {
      this.#range = split;
      bit = 1;
    } else {
      this.#code -= split;
      this.#range -= split;
    }
    models.learn(index, bit);
    while (this.#range < NARROWEST) this.#shift();
    return bit;
  }

  plainBits(count: number): number {
    this.#range >>>= count;
    const value = Math.min((this.#code / this.#range) | 0, (1 << count) - 1);
    this.#code -= Math.imul(value, this.#range);
    while (this.#range < NARROWEST) this.#shift();
    return value;
  }

  #shift(): void {
    this.#code = (this.#code << 8) | this.#next();
    this.#range <<= 8;
  }

  #next(): number {
    return this.#at < this.#end ? (this.#bytes[this.#at++] as number) : 0;
  }
}

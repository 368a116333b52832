import type { BitModels } from './bit-models.ts';

/** The range never gets narrower, so that a probability of 15 bits can still divide it. */
export const NARROWEST = 2 ** 23;

/** The first range. All ranges stay below 2^31, which JavaScript engines keep as plain integers. */
export const WIDEST = 2 ** 31 - 1;

/**
 * A binary range coder: an interval [low, low + range) of 32 bits is divided by each bit's probability, and its
 * leading byte is written as soon as no later bit can change more of it than a carry does.
 */
export class RangeEncoder {
  #bytes = new Uint8Array(512);
  #length = 0;
  /** Unsigned, in a signed integer. */
  #low = 0;
  #range = WIDEST;

  bit(models: BitModels, index: number, bit: number): void {
    const split = (this.#range >>> 15) * (models.chances[index] as number);
    if (bit === 1) {
      this.#range = split;
    } else {
      this.#range -= split;
      this.#raise(split);
    }
    models.learn(index, bit);
    while (this.#range < NARROWEST) this.#shift();
  }

  /** The low `count` bits of `value`, at most 8, as if each were equally probable. */
  plainBits(value: number, count: number): void {
    this.#range >>>= count;
    this.#raise(Math.imul(value, this.#range));
    while (this.#range < NARROWEST) this.#shift();
  }

  /** The bytes; what follows them reads as zeros, so zeros at their end are left out. */
  finish(): Uint8Array {
    // Any number within the interval will do: this one has nine bits, the rest are zeros.
    const missing = -this.#low & (NARROWEST - 1);
    this.#raise(missing);
    this.#shift();
    this.#shift();
    let length = this.#length;
    while (length > 0 && this.#bytes[length - 1] === 0) length -= 1;
    return this.#bytes.subarray(0, length);
  }

  #raise(amount: number): void {
    const low = (this.#low + amount) | 0;
    if (low >>> 0 < this.#low >>> 0) this.#carry();
    this.#low = low;
  }

  /** Adds one to what is written. It never runs over: the whole is a fraction of the first interval. */
  #carry(): void {
    let at = this.#length - 1;
    while (this.#bytes[at] === 0xff) this.#bytes[at--] = 0;
    this.#bytes[at] = (this.#bytes[at] as number) + 1;
  }

  #shift(): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = this.#low >>> 24;
    this.#low <<= 8;
    this.#range <<= 8;
  }
}

import { wordsOf, type Words } from '../column/words.ts';

/** Shorter repeats cost more to announce than they save. */
const SHORTEST = 16;
const LONGEST_CHECKED = 32;
const TABLE_BITS = 13;

/** For one column after the other: each begins with a table of its own, in the same memory. */
const lastSeen = new Int32Array(2 ** TABLE_BITS);

/**
 * Finds where the latest numbers have occurred before, which foretells the next one: a value that jumps back to an
 * earlier course (a daily job, a wrapped ring) then costs next to nothing.
 *
 * A hash over the last 32 numbers leads to the place after which they stood most recently. One is used at a time.
 */
export class RepeatFinder {
  readonly #history: Float64Array;
  /** The same memory. */
  readonly #words: Words;
  #count = 0;
  #hash = 0;
  #place = -1;
  #length = 0;

  /** @param numbers the column, of which each number stands there before `advance` passes it. */
  constructor(numbers: Float64Array) {
    this.#history = numbers;
    this.#words = wordsOf(numbers);
    lastSeen.fill(-1);
  }

  /** How many numbers before here equal those before the foretold one; 0: nothing is foretold. */
  get length(): number {
    return this.#length;
  }

  /** What stood after the earlier occurrence. Only where `length` is not 0. */
  get foretold(): number {
    return this.#history[this.#place] as number;
  }

  /** Goes on by one number. */
  advance(): void {
    const history = this.#history;
    const index = this.#count++;
    const value = history[index];
    const word = (this.#words[2 * index] as number) ^ (this.#words[2 * index + 1] as number);
    // Doubling moves a number out of the 32 bits after as many steps.
    this.#hash = ((this.#hash << 1) + (Math.imul(word, 0x9e3779b1) >>> 16)) | 0;
    if (this.#length > 0 && history[this.#place] === value) {
      this.#place += 1;
      this.#length += 1;
    } else {
      this.#length = 0;
    }
    const slot = Math.imul(this.#hash, 0x85ebca6b) >>> (32 - TABLE_BITS);
    if (this.#length === 0) this.#look(lastSeen[slot] as number);
    lastSeen[slot] = this.#count;
  }

  #look(place: number): void {
    const history = this.#history;
    let length = 0;
    while (
      length < LONGEST_CHECKED &&
      place - 1 - length >= 0 &&
      history[place - 1 - length] === history[this.#count - 1 - length]
    ) {
      length += 1;
    }
    this.#place = place;
    this.#length = length >= SHORTEST ? length : 0;
  }
}

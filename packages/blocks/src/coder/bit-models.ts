/** Probabilities have 15 bits; these bounds keep both outcomes possible. */
const SURE = 2 ** 15 - 16;
const NEVER = 16;

/** After this many bits a model follows what is new as fast as it ever will. */
const MATURE = 30;

/** How far a bit moves its model: the first ones far, 1/(n + 1.5), so that short columns pay little to learn. */
const STEPS = Int32Array.from({ length: MATURE + 1 }, (_, n) => Math.round(2 ** 15 / (n + 1.5)));

/** Learns how probable a 1 is in each of many situations. Encoder and decoder keep equal ones. */
export class BitModels {
  /** The probability of a 1, of 2^15. */
  readonly chances: Int32Array;
  readonly #ages: Uint8Array;

  constructor(count: number) {
    this.chances = new Int32Array(count).fill(2 ** 14);
    this.#ages = new Uint8Array(count);
  }

  reset(): void {
    this.chances.fill(2 ** 14);
    this.#ages.fill(0);
  }

  learn(index: number, bit: number): void {
    const age = this.#ages[index] as number;
    const chance = this.chances[index] as number;
    const moved = chance + ((((bit << 15) - chance) * (STEPS[age] as number)) >> 15);
    this.chances[index] = moved < NEVER ? NEVER : moved > SURE ? SURE : moved;
    if (age < MATURE) this.#ages[index] = age + 1;
  }
}

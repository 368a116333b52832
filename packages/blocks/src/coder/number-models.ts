import { BitModels } from './bit-models.ts';

/** Bits that follow the leading one and still have a model; those below them are noise. */
export const MODELLED_BITS = 2;

/** A magnitude below 2^53 has so many bits at most; a tree of 6 decisions tells them apart. */
export const CLASS_BITS = 6;

/** Repeats longer than this are as certain as they get. */
export const LONGEST_REPEAT = 47;

/** The models of a column of integers; encoder and decoder walk them alike. */
export interface NumberModels {
  /** Whether the number is not 0, by whether the last three were. */
  readonly nonZero: BitModels;
  /** Whether it is negative, by the sign of the last that was not 0. */
  readonly negative: BitModels;
  /** The number of bits of its magnitude, a tree of decisions. */
  readonly classes: BitModels;
  /** The bits after the leading one, a tree for each number of bits. */
  readonly leading: BitModels;
  /** Whether a foretold number came, by the length of the repeat. */
  readonly repeated: BitModels;
}

export function createNumberModels(): NumberModels {
  return {
    nonZero: new BitModels(8),
    negative: new BitModels(3),
    classes: new BitModels(1 << CLASS_BITS),
    leading: new BitModels(64 << MODELLED_BITS),
    repeated: new BitModels(LONGEST_REPEAT + 1),
  };
}

export function resetNumberModels(models: NumberModels): void {
  models.nonZero.reset();
  models.negative.reset();
  models.classes.reset();
  models.leading.reset();
  models.repeated.reset();
}

/** How many bits a magnitude below 2^53 has; 0 for 0. */
export function bitLength(magnitude: number): number {
  return magnitude < 2 ** 31 ? 32 - Math.clz32(magnitude) : 63 - Math.clz32(Math.floor(magnitude / 2 ** 31));
}

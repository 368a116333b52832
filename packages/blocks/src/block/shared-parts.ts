import { areEqual, type Words } from '../column/words.ts';

/** The different maps of a block: columns that miss the same cells share one. */
export class StateMaps {
  readonly all: Uint8Array[] = [];
  readonly #byHash = new Map<number, number[]>();

  indexOf(states: Uint8Array): number {
    const hash = hashOf(states);
    const candidates = this.#byHash.get(hash) ?? [];
    const known = candidates.find((index) => states.every((state, i) => state === this.all[index]?.[i]));
    if (known !== undefined) return known;
    this.#byHash.set(hash, [...candidates, this.all.length]);
    return this.all.push(states) - 1;
  }
}

/** Finds columns that repeat an earlier one of the block, as two names for one figure do. */
export class EarlierColumns {
  readonly #byHash = new Map<number, { readonly words: Words; readonly index: number }[]>();

  find(words: Words): number | undefined {
    return this.#byHash.get(hashOf(words))?.find((earlier) => areEqual(earlier.words, words))?.index;
  }

  add(words: Words, index: number): void {
    const hash = hashOf(words);
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), { words, index }]);
  }
}

function hashOf(words: Uint8Array | Words): number {
  let hash = words.length;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return hash;
}

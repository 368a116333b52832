/** The columns of `SeriesSamples`. */
export interface Samples {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly states: Uint8Array;
  readonly ids: Float64Array;
}

/** Room for samples in columns that others have room in too. */
export interface SampleRoom {
  readonly columns: Samples;
  readonly start: number;
  readonly length: number;
}

export const NO_ROOM: SampleRoom = { columns: makeColumns(0), start: 0, length: 0 };

const LARGEST_CHUNK = 16_384;

/**
 * Gives room out of large pieces of memory: reading a short period of thousands of series would make as many small
 * arrays, which cost far more than what they hold.
 */
export class SampleMemory {
  #chunk = NO_ROOM.columns;
  #used = 0;

  take(length: number): SampleRoom {
    if (this.#used + length > this.#chunk.states.length) {
      this.#chunk = makeColumns(Math.max(length, Math.min(LARGEST_CHUNK, 2 * this.#chunk.states.length)));
      this.#used = 0;
    }
    const room = { columns: this.#chunk, start: this.#used, length };
    this.#used += length;
    return room;
  }
}

function makeColumns(length: number): Samples {
  return {
    timestampsMs: new Float64Array(length),
    values: new Float64Array(length),
    states: new Uint8Array(length),
    ids: new Float64Array(length),
  };
}

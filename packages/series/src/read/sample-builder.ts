import { CELL } from '@daywatch/blocks';

import { NO_ROOM, SampleMemory, type SampleRoom, type Samples } from './sample-memory.ts';

const MIN_CAPACITY = 16;

/** Puts the samples of one series together, wherever they come from and in whatever order. */
export class SampleBuilder {
  readonly #memory: SampleMemory;
  #room: SampleRoom = NO_ROOM;
  #count = 0;
  #isAscending = true;

  /** @param memory shared with others that are built at the same time. */
  constructor(memory = new SampleMemory()) {
    this.#memory = memory;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a sample, unless its state is `absent`. */
  add(timestampMs: number, value: number, state: number, id: number): void {
    if (state === CELL.absent) return;
    if (this.#count === this.#room.length) this.#grow(Math.max(MIN_CAPACITY, 2 * this.#count));
    const { columns, start } = this.#room;
    const at = start + this.#count;
    if (at > start && !((columns.timestampsMs[at - 1] as number) < timestampMs)) this.#isAscending = false;
    columns.timestampsMs[at] = timestampMs;
    columns.values[at] = value;
    columns.states[at] = state;
    columns.ids[at] = id;
    this.#count += 1;
  }

  /** Makes room for so many more, which saves growing bit by bit. */
  reserve(samples: number): void {
    if (this.#count + samples > this.#room.length) this.#grow(this.#count + samples);
  }

  /**
   * What was taken, in the order of time; the builder is done for then. Of samples at one time a value wins over a mark,
   * then the lowest id.
   */
  build(): Samples {
    const taken = this.#taken();
    if (this.#isAscending) return taken;
    const order = sortSamples(taken);
    return {
      timestampsMs: Float64Array.from(order, (i) => taken.timestampsMs[i] as number),
      values: Float64Array.from(order, (i) => taken.values[i] as number),
      states: Uint8Array.from(order, (i) => taken.states[i] as number),
      ids: Float64Array.from(order, (i) => taken.ids[i] as number),
    };
  }

  #taken(): Samples {
    const { columns, start } = this.#room;
    const end = start + this.#count;
    return {
      timestampsMs: columns.timestampsMs.subarray(start, end),
      values: columns.values.subarray(start, end),
      states: columns.states.subarray(start, end),
      ids: columns.ids.subarray(start, end),
    };
  }

  #grow(length: number): void {
    const before = this.#count > 0 ? this.#taken() : undefined;
    this.#room = this.#memory.take(length);
    if (!before) return;
    const { timestampsMs, values, states, ids } = before;
    const { columns, start } = this.#room;
    columns.timestampsMs.set(timestampsMs, start);
    columns.values.set(values, start);
    columns.states.set(states, start);
    columns.ids.set(ids, start);
  }
}

/** Where the samples stand that are to be kept, in their order. */
function sortSamples({ timestampsMs, states, ids }: Samples): Uint32Array {
  const order = Uint32Array.from({ length: ids.length }, (_, i) => i).sort(
    (a, b) =>
      (timestampsMs[a] as number) - (timestampsMs[b] as number) ||
      (states[a] as number) - (states[b] as number) ||
      (ids[a] as number) - (ids[b] as number),
  );
  return order.filter((at, i) => i === 0 || timestampsMs[at] !== timestampsMs[order[i - 1] as number]);
}

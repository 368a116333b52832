import { CELL } from '@daywatch/blocks';

/** The columns of `SeriesSamples`. */
export interface Samples {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly states: Uint8Array;
  readonly ids: Float64Array;
}

const MIN_CAPACITY = 16;

/** Shared, and so are never written: builders are made by the thousand, and many take nothing. */
const NO_NUMBERS = new Float64Array();
const NO_STATES = new Uint8Array();

/** Puts the samples of one series together, wherever they come from and in whatever order. */
export class SampleBuilder {
  #timestamps = NO_NUMBERS;
  #values = NO_NUMBERS;
  #states = NO_STATES;
  #ids = NO_NUMBERS;
  #count = 0;
  #isAscending = true;

  get count(): number {
    return this.#count;
  }

  /** Takes a sample, unless its state is `absent`. */
  add(timestampMs: number, value: number, state: number, id: number): void {
    if (state === CELL.absent) return;
    const at = this.#count;
    if (at === this.#states.length) this.#grow(Math.max(MIN_CAPACITY, 2 * at));
    if (at > 0 && !((this.#timestamps[at - 1] as number) < timestampMs)) this.#isAscending = false;
    this.#timestamps[at] = timestampMs;
    this.#values[at] = value;
    this.#states[at] = state;
    this.#ids[at] = id;
    this.#count += 1;
  }

  /** Makes room for so many more, which saves growing bit by bit. */
  reserve(samples: number): void {
    if (this.#count + samples > this.#states.length) this.#grow(this.#count + samples);
  }

  /**
   * What was taken, in the order of time; the builder is done for then. Of samples at one time a value wins over a mark,
   * then the lowest id.
   */
  build(): Samples {
    const count = this.#count;
    if (this.#isAscending) {
      const cut = <Column extends Float64Array | Uint8Array>(column: Column): Column =>
        column.length === count ? column : (column.subarray(0, count) as Column);
      return {
        timestampsMs: cut(this.#timestamps),
        values: cut(this.#values),
        states: cut(this.#states),
        ids: cut(this.#ids),
      };
    }
    const order = this.#sortedOrder();
    return {
      timestampsMs: Float64Array.from(order, (i) => this.#timestamps[i] as number),
      values: Float64Array.from(order, (i) => this.#values[i] as number),
      states: Uint8Array.from(order, (i) => this.#states[i] as number),
      ids: Float64Array.from(order, (i) => this.#ids[i] as number),
    };
  }

  #sortedOrder(): Uint32Array {
    const [timestamps, states, ids] = [this.#timestamps, this.#states, this.#ids];
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i).sort(
      (a, b) =>
        (timestamps[a] as number) - (timestamps[b] as number) ||
        (states[a] as number) - (states[b] as number) ||
        (ids[a] as number) - (ids[b] as number),
    );
    return order.filter((at, i) => i === 0 || timestamps[at] !== timestamps[order[i - 1] as number]);
  }

  /** The columns share one piece of memory: reading many series makes many of them. */
  #grow(capacity: number): void {
    const memory = new ArrayBuffer(capacity * (3 * Float64Array.BYTES_PER_ELEMENT + 1));
    const column = (index: number): Float64Array<ArrayBuffer> =>
      new Float64Array(memory, index * capacity * Float64Array.BYTES_PER_ELEMENT, capacity);
    const [timestamps, values, ids] = [column(0), column(1), column(2)];
    const states = new Uint8Array(memory, 3 * capacity * Float64Array.BYTES_PER_ELEMENT, capacity);
    timestamps.set(this.#timestamps);
    values.set(this.#values);
    ids.set(this.#ids);
    states.set(this.#states);
    this.#timestamps = timestamps;
    this.#values = values;
    this.#ids = ids;
    this.#states = states;
  }
}

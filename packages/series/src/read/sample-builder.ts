import { CELL } from '@daywatch/blocks';

/** The columns of `SeriesSamples`. */
export interface Samples {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly states: Uint8Array;
  readonly ids: Float64Array;
}

/** Puts the samples of one series together, wherever they come from and in whatever order. */
export class SampleBuilder {
  #timestamps = new Float64Array(64);
  #values = new Float64Array(64);
  #states = new Uint8Array(64);
  #ids = new Float64Array(64);
  #count = 0;
  #isAscending = true;

  get count(): number {
    return this.#count;
  }

  /** Takes a sample, unless its state is `absent`. */
  add(timestampMs: number, value: number, state: number, id: number): void {
    if (state === CELL.absent) return;
    const at = this.#count;
    if (at === this.#states.length) this.#grow();
    if (at > 0 && !((this.#timestamps[at - 1] as number) < timestampMs)) this.#isAscending = false;
    this.#timestamps[at] = timestampMs;
    this.#values[at] = value;
    this.#states[at] = state;
    this.#ids[at] = id;
    this.#count += 1;
  }

  /** What was taken, in the order of time. Of samples at one time a value wins over a mark, then the lowest id. */
  build(): Samples {
    const count = this.#count;
    if (this.#isAscending) {
      return {
        timestampsMs: this.#timestamps.slice(0, count),
        values: this.#values.slice(0, count),
        states: this.#states.slice(0, count),
        ids: this.#ids.slice(0, count),
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

  #grow(): void {
    const capacity = this.#states.length * 2;
    const timestamps = new Float64Array(capacity);
    timestamps.set(this.#timestamps);
    this.#timestamps = timestamps;
    const values = new Float64Array(capacity);
    values.set(this.#values);
    this.#values = values;
    const states = new Uint8Array(capacity);
    states.set(this.#states);
    this.#states = states;
    const ids = new Float64Array(capacity);
    ids.set(this.#ids);
    this.#ids = ids;
  }
}

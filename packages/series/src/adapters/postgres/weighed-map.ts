/** Remembers the entries that were used last, as many as weigh no more than a bound together. */
export class WeighedMap<Key, Value> {
  readonly #entries = new Map<Key, { readonly value: Value; readonly weight: number }>();
  readonly #most: number;
  #weight = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** An entry that is heavier than the bound is not kept. */
  set(key: Key, value: Value, weight: number): void {
    this.#weight += weight - (this.#entries.get(key)?.weight ?? 0);
    this.#entries.delete(key);
    this.#entries.set(key, { value, weight });
    for (const [eldest, entry] of this.#entries) {
      if (this.#weight <= this.#most) return;
      this.#entries.delete(eldest);
      this.#weight -= entry.weight;
    }
  }

  values(): Iterable<Value> {
    return this.#entries.values().map(({ value }) => value);
  }
}

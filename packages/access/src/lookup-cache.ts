import type { Clock } from './clock.ts';

export interface LookupCacheOptions {
  readonly clock: Clock;
  /** How long a found value is believed. */
  readonly ttlMs: number;
  /** How long it is believed that there is none. */
  readonly missTtlMs: number;
  /** Found values and misses are bounded by this, each for itself: a flood of wrong keys evicts no right one. */
  readonly maxEntries: number;
}

/** A remembered answer; `value` is undefined where there was none. */
export interface Remembered<T> {
  readonly value: T | undefined;
  readonly loadedAtMs: number;
}

/**
 * Remembers for a short time what a store answered, and asks it once for a key that many want at once. An
 * answer's age counts from before the store was asked, so a change elsewhere is seen within `ttlMs`.
 */
export class LookupCache<T> {
  readonly #options: LookupCacheOptions;
  readonly #found = new Map<string, Remembered<T>>();
  readonly #missed = new Map<string, Remembered<T>>();
  #loading = new Map<string, Promise<T | undefined>>();

  constructor(options: LookupCacheOptions) {
    this.#options = options;
  }

  /** What is known now, without asking. */
  peek(key: string): Remembered<T> | undefined {
    const found = this.#found.get(key);
    if (found !== undefined) return this.#isFresh(found, this.#options.ttlMs) ? found : undefined;
    const missed = this.#missed.get(key);
    return missed !== undefined && this.#isFresh(missed, this.#options.missTtlMs) ? missed : undefined;
  }

  /** What is known, or what `load` answers. A failed load is not remembered. */
  async get(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.peek(key);
    if (known !== undefined) return known.value;
    const loading = this.#loading.get(key);
    if (loading !== undefined) return loading;
    return this.#load(key, load);
  }

  /**
   * Forgets everything, also the answers that are on their way: whoever asks from now on gets an answer that
   * the store gave after this.
   */
  clear(): void {
    this.#found.clear();
    this.#missed.clear();
    this.#loading = new Map();
  }

  get size(): number {
    return this.#found.size + this.#missed.size;
  }

  async #load(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const loadedAtMs = this.#options.clock.now();
    const round = this.#loading;
    const loading = load();
    round.set(key, loading);
    try {
      const value = await loading;
      if (round === this.#loading) this.#remember(key, { value, loadedAtMs });
      return value;
    } finally {
      round.delete(key);
    }
  }

  #remember(key: string, answer: Remembered<T>): void {
    this.#found.delete(key);
    this.#missed.delete(key);
    const entries = answer.value === undefined ? this.#missed : this.#found;
    if (entries.size >= this.#options.maxEntries) {
      // The oldest goes first: all entries live equally long, so it is also the next to expire.
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    }
    entries.set(key, answer);
  }

  /** A clock that was set back makes an entry look like one of the future: that is not fresh either. */
  #isFresh({ loadedAtMs }: Remembered<T>, ttlMs: number): boolean {
    const ageMs = this.#options.clock.now() - loadedAtMs;
    return ageMs >= 0 && ageMs < ttlMs;
  }
}

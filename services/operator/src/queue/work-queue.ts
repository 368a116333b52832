import type { Clock } from '@daywatch/monitor';

export interface WorkQueueOptions {
  readonly clock: Pick<Clock, 'elapsed' | 'setTimer'>;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** The pause after the first failure of a key, in milliseconds; it doubles with each further one. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** A key that is done is not begun again before so many milliseconds have passed: changes come in flurries. */
  readonly minGapMs?: number;
}

interface Entry {
  /** Work is wanted, at `dueMs` or later. */
  isWanted: boolean;
  dueMs: number;
  isRunning: boolean;
  failures: number;
  /** When it may be begun again at the earliest. */
  restUntilMs: number;
}

/**
 * Keys that want to be worked on. However often a key is added, it is one piece of work, and it is never in two hands
 * at once; what is added while it is worked on is worked on once more afterwards.
 *
 * ```
 *  add, addAfter --> wanted --take, when due--> running --done--> (forgotten)
 *                      ^                          |--added meanwhile--> wanted
 *                      '--fail: after a pause ----'
 * ```
 */
export class WorkQueue implements Disposable {
  readonly #options: Required<WorkQueueOptions>;
  readonly #entries = new Map<string, Entry>();
  readonly #takers: ((key: string) => void)[] = [];
  #cancelTimer: (() => void) | undefined;
  #isClosed = false;

  constructor(options: WorkQueueOptions) {
    this.#options = { firstPauseMs: 100, longestPauseMs: 60_000, minGapMs: 0, ...options };
  }

  /** How many keys want to be worked on, those for later included; how many of them now; and how many are in hand. */
  count(): { readonly wanted: number; readonly due: number; readonly running: number } {
    const all = [...this.#entries.values()];
    const now = this.#options.clock.elapsed();
    return {
      wanted: all.filter(({ isWanted }) => isWanted).length,
      due: all.filter(({ isWanted, dueMs }) => isWanted && dueMs <= now).length,
      running: all.filter(({ isRunning }) => isRunning).length,
    };
  }

  /** How often the key has failed in a row. */
  failures(key: string): number {
    return this.#entries.get(key)?.failures ?? 0;
  }

  add(key: string): void {
    this.addAfter(key, 0);
  }

  /** Wants it after so many milliseconds, unless it is wanted sooner already. */
  addAfter(key: string, delayMs: number): void {
    const dueMs = this.#options.clock.elapsed() + Math.max(0, delayMs);
    const entry = this.#entries.get(key) ?? this.#insert(key);
    entry.dueMs = entry.isWanted ? Math.min(entry.dueMs, dueMs) : dueMs;
    entry.isWanted = true;
    this.#handOut();
  }

  /** Waits for a key that is due; undefined when the signal is aborted. Whoever takes it says `done` or `fail`. */
  take(signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const give = (key: string): void => {
      signal.removeEventListener('abort', giveUp);
      resolve(key);
    };
    const giveUp = (): void => {
      const at = this.#takers.indexOf(give);
      if (at >= 0) this.#takers.splice(at, 1);
      resolve(undefined);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#takers.push(give);
    this.#handOut();
    return promise;
  }

  /** The key was worked on, well. */
  done(key: string): void {
    this.#end(key, 0);
  }

  /**
   * It was worked on, in vain: it is wanted again after a pause, or after `atLeastMs` where that is longer. What is
   * added meanwhile does not wait for that: it may be the remedy.
   */
  fail(key: string, atLeastMs = 0): void {
    const { firstPauseMs, longestPauseMs, random } = this.#options;
    const failures = this.failures(key) + 1;
    const ceilingMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 30));
    // From the upper half, so that keys that failed together do not come back together.
    const pauseMs = Math.max(atLeastMs, ceilingMs / 2 + (ceilingMs / 2) * random());
    this.#end(key, failures);
    this.addAfter(key, pauseMs);
  }

  /** Hands out nothing any more by itself. */
  [Symbol.dispose](): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#isClosed = true;
  }

  #end(key: string, failures: number): void {
    const entry = this.#entries.get(key);
    if (!entry?.isRunning) throw new TypeError(`the queue did not hand out '${key}'`);
    entry.isRunning = false;
    entry.failures = failures;
    entry.restUntilMs = this.#options.clock.elapsed() + this.#options.minGapMs;
    this.#handOut();
  }

  #insert(key: string): Entry {
    const entry: Entry = { isWanted: false, dueMs: 0, isRunning: false, failures: 0, restUntilMs: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  #handOut(): void {
    const now = this.#options.clock.elapsed();
    let nextMs = Infinity;
    for (const [key, entry] of this.#entries) {
      if (entry.isRunning) continue;
      const atMs = entry.isWanted ? Math.max(entry.dueMs, entry.restUntilMs) : Infinity;
      if (atMs > now) {
        // What nobody wants, and what need not be remembered for its failures or its rest, is forgotten.
        if (!entry.isWanted && entry.failures === 0 && entry.restUntilMs <= now) this.#entries.delete(key);
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      const give = this.#takers.shift();
      if (give === undefined) return;
      entry.isWanted = false;
      entry.isRunning = true;
      // To the end of the line, so that a key that always wants something does not come before all others.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      give(key);
    }
    this.#wakeAt(nextMs);
  }

  #wakeAt(atMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (atMs === Infinity || this.#isClosed) return;
    const delayMs = Math.max(1, atMs - this.#options.clock.elapsed());
    this.#cancelTimer = this.#options.clock.setTimer(() => this.#handOut(), delayMs);
  }
}

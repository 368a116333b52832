import type { UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { isSameState, NO_STATE, type ChangeLog, type OwnerState } from './change-log.ts';

export interface ChangeWatchOptions {
  readonly log: ChangeLog;
  readonly now: () => Instant;
  /** How many may watch at once. */
  readonly maxWatchers: number;
  /** How many of them may be one user's. */
  readonly maxPerUser: number;
  /** How long a change may go unseen; by default 500. */
  readonly pollMs?: number;
}

/** Somebody who watches one user's calendars. What they do not ask for in time they are not told: they get the latest. */
export interface Watcher {
  /**
   * The state when it is another than the one before, or the first; undefined where nothing has changed for `ms`,
   * or the watch is over.
   */
  readonly next: (ms: number) => Promise<OwnerState | undefined>;
  /** Whether nothing more will come. */
  readonly isOver: () => boolean;
  readonly close: () => void;
}

/** Why nobody else may watch. */
export type WatchRefusal = 'full' | 'stopping';

/**
 * Watches the calendars of many users with one poll for all of them, and none while nobody watches. A poll costs one
 * statement, whoever wrote and in whichever process; notifications by the database would make every write dearer
 * instead. A poll that fails is made again: whoever watches keeps what they know.
 */
export class ChangeWatch {
  readonly #options: ChangeWatchOptions;
  readonly #watchers = new Set<OpenWatcher>();
  #isStopping = false;
  #isPolling = false;
  /** Somebody came whom the poll that runs does not know. */
  #hasNewcomer = false;
  #hurry: () => void = () => undefined;

  constructor(options: ChangeWatchOptions) {
    this.#options = options;
  }

  watch(owner: UserId): Watcher | WatchRefusal {
    if (this.#isStopping) return 'stopping';
    const { maxWatchers, maxPerUser } = this.#options;
    const ofOwner = [...this.#watchers].filter((watcher) => watcher.owner === owner).length;
    if (this.#watchers.size >= maxWatchers || ofOwner >= maxPerUser) return 'full';
    const watcher = new OpenWatcher(owner, () => this.#watchers.delete(watcher));
    this.#watchers.add(watcher);
    this.#hasNewcomer = true;
    this.#hurry();
    if (!this.#isPolling) void this.#poll();
    return watcher;
  }

  get size(): number {
    return this.#watchers.size;
  }

  /** Ends every watch: the process stops. */
  stop(): void {
    this.#isStopping = true;
    for (const watcher of this.#watchers) watcher.close();
    this.#hurry();
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    while (this.#watchers.size > 0) {
      await this.#pollOnce();
      await this.#pause();
    }
    this.#isPolling = false;
  }

  async #pollOnce(): Promise<void> {
    const { log, now } = this.#options;
    this.#hasNewcomer = false;
    const owners = [...new Set(Array.from(this.#watchers, ({ owner }) => owner))];
    try {
      const states = await log.read(owners, now());
      const byOwner = new Map(owners.map((owner, i) => [owner, states[i] ?? NO_STATE]));
      for (const watcher of this.#watchers) {
        const state = byOwner.get(watcher.owner);
        if (state) watcher.tell(state);
      }
    } catch {
      // The log of the connections says so, once.
    }
  }

  /** Until the next poll is due, or somebody comes who knows nothing yet. */
  async #pause(): Promise<void> {
    if (this.#hasNewcomer) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#options.pollMs ?? DEFAULT_POLL_MS);
    this.#hurry = resolve;
    await promise;
    clearTimeout(timer);
    this.#hurry = () => undefined;
  }
}

const DEFAULT_POLL_MS = 500;

class OpenWatcher implements Watcher {
  readonly owner: UserId;
  readonly #onClose: () => void;
  #latest: OwnerState | undefined;
  #told: OwnerState | undefined;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(owner: UserId, onClose: () => void) {
    this.owner = owner;
    this.#onClose = onClose;
  }

  tell(state: OwnerState): void {
    if (this.#latest && isSameState(this.#latest, state)) return;
    this.#latest = state;
    this.#wake();
  }

  readonly next = async (ms: number): Promise<OwnerState | undefined> => {
    if (this.#told === this.#latest && !this.#isOver) await this.#sleep(ms);
    if (this.#isOver || this.#told === this.#latest) return undefined;
    this.#told = this.#latest;
    return this.#told;
  };

  readonly isOver = (): boolean => this.#isOver;

  readonly close = (): void => {
    this.#isOver = true;
    this.#onClose();
    this.#wake();
  };

  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = () => undefined;
  }
}

/**
 * Runs work for keys a moment after it is asked for, once however often it was asked for meanwhile. Controllers
 * work so: they look at what is, not at what was said.
 */
export class LaterQueue {
  readonly #work: (key: string) => void;
  readonly #waiting = new Map<string, NodeJS.Immediate>();
  readonly #timers = new Map<string, { readonly atMs: number; readonly timer: NodeJS.Timeout }>();
  #isStopped = false;

  constructor(work: (key: string) => void) {
    this.#work = work;
  }

  add(key: string): void {
    if (this.#isStopped || this.#waiting.has(key)) return;
    const immediate = setImmediate(() => {
      this.#waiting.delete(key);
      this.#work(key);
    });
    this.#waiting.set(key, immediate);
  }

  /** Looks again after a time; of several times the first counts. */
  addAfter(key: string, ms: number): void {
    if (this.#isStopped) return;
    const atMs = performance.now() + ms;
    const known = this.#timers.get(key);
    if (known !== undefined && known.atMs <= atMs) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#work(key);
    }, ms);
    this.#timers.set(key, { atMs, timer });
  }

  stop(): void {
    this.#isStopped = true;
    for (const immediate of this.#waiting.values()) clearImmediate(immediate);
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#timers.clear();
  }
}

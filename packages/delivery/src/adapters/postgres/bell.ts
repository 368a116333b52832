/** Wakes the one who waits. A ring that nobody waits for is kept for the next wait. */
export class Bell {
  #wake: (() => void) | undefined;
  #hasRung = false;

  ring(): void {
    if (this.#wake) this.#wake();
    else this.#hasRung = true;
  }

  /** Resolves at a ring, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (this.#hasRung) {
      this.#hasRung = false;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    this.#wake = undefined;
  }
}

import type { Clock } from './clock.ts';

const EVERY_MS = 100;
/** How long a stall is remembered: longer than any run lasts. */
const KEEP_MS = 10 * 60_000;
/** Shorter delays are the ordinary jitter of timers. */
const NOTICE_MS = 50;

interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface LostTime {
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

/** Notices when this process itself was held up: what seems slow then may not have been the target. */
export class StallWatch {
  readonly #clock: Clock;
  readonly #stalls: Stall[] = [];
  #lastMs: number;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMs = clock.elapsed();
  }

  start(): void {
    this.#lastMs = this.#clock.elapsed();
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** How much of a stretch of time (on the clock's `elapsed`) was lost to stalls, in milliseconds. */
  lostBetween(fromMs: number, toMs: number): LostTime {
    // A timer that is late to tell of a stall may stand in line behind the one that asks.
    this.#look();
    let [atLeastMs, atMostMs] = [0, 0];
    for (const stall of this.#stalls) {
      const endMs = Math.min(stall.toMs, toMs);
      atLeastMs += Math.max(0, endMs - Math.max(stall.fromMs, fromMs));
      // It may have begun as soon as the timer had been set.
      atMostMs += Math.max(0, endMs - Math.max(stall.fromMs - EVERY_MS, fromMs));
    }
    return { atLeastMs, atMostMs };
  }

  #arm(): void {
    this.#cancel = this.#clock.setTimer(() => {
      this.#look();
      this.#lastMs = this.#clock.elapsed();
      this.#arm();
    }, EVERY_MS);
  }

  #look(): void {
    const nowMs = this.#clock.elapsed();
    const dueMs = this.#lastMs + EVERY_MS;
    if (this.#cancel === undefined || nowMs - dueMs < NOTICE_MS) return;
    this.#stalls.push({ fromMs: dueMs, toMs: nowMs });
    this.#lastMs = nowMs - EVERY_MS;
    while ((this.#stalls[0] as Stall).toMs < nowMs - KEEP_MS) this.#stalls.shift();
  }
}

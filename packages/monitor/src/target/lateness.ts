/** What a checker that renews its lease does with others whose leases have run out. */
export type Verdict = 'drop' | 'spare' | 'leave';

/** Each of them comes more than half a lease after the one before, so that a whole lease is over by then. */
const LATE_RENEWALS_OF_A_LEASE = 3;

/**
 * Tells for one checker whether it can call others dead, whose leases have run out.
 *
 * It can while less than half of its own is over when it renews. It was there all the time then, and whoever else lives has
 * asked at least once since, as all do four times in each lease. One that comes later may have been held up together with
 * the others, as where the database was away for all of them: it gives them a lease. But one that always comes late
 * spares them once, and calls them dead when that lease is over.
 */
export class Lateness {
  #late = 0;

  /** @param leftMs what was left of its lease when it asked; undefined for one that is new. */
  judge(leftMs: number | undefined, leaseMs: number): Verdict {
    if (leftMs === undefined || leftMs > leaseMs / 2) this.#late = 0;
    else if (leftMs <= 0) this.#late = 1;
    else this.#late = (this.#late + 1) % LATE_RENEWALS_OF_A_LEASE;
    return (['drop', 'spare', 'leave'] as const)[this.#late] ?? 'drop';
  }
}

import type { CheckerLog } from '../checker/checker.ts';
import type { Clock } from '../checker/clock.ts';
import { createWaiter, type Waiter } from '../record/waiter.ts';
import type { LeaseGrant, TargetDescription, TargetLeases } from '../target/target-leases.ts';
import { leaseTimes } from './lease-times.ts';

export interface LeaseKeeperOptions {
  /** A UUID, another one after each start. */
  readonly checkerId: string;
  readonly checkerName: string;
  readonly clock: Clock;
  readonly leases: TargetLeases;
  readonly log: CheckerLog;
  /** Told each time what this checker has. */
  readonly onGrant: (grant: LeaseGrant) => void;
}

/** In it, what the store has answered is read. */
const READING_MS = 100;

/**
 * Keeps the lease of this checker's targets, and knows whether they are its own right now.
 *
 * A lease counts from before it was asked for. When it has run out because this process was held up, another checker may
 * have the targets, and nothing may begin before it was asked for anew. When it has run out because the database is
 * away, others are taken to be without it too, and the checks go on.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #waiter: Waiter;
  #targets: readonly TargetDescription[] = [];
  /** On the clock's `elapsed`. */
  #heldUntilMs = -Infinity;
  #isStoreAway = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#waiter = createWaiter(options.clock);
  }

  /** Whether this checker may begin to check what was granted to it. */
  isHeld(): boolean {
    return this.#isStoreAway || this.#options.clock.elapsed() < this.#heldUntilMs;
  }

  /** These are the targets that this checker knows; asks at once for its share of them. */
  announce(targets: readonly TargetDescription[]): void {
    this.#targets = targets;
    this.#waiter.wake();
  }

  start(): void {
    this.#work = this.#renewAgainAndAgain();
  }

  async release(targetId: string): Promise<void> {
    const { leases, checkerId, log } = this.#options;
    await leases
      .release(checkerId, [targetId])
      .catch((error: unknown) =>
        log.warn({ err: error, target: targetId }, 'the target could not be released'),
      );
  }

  /** Asks no more, and makes the targets free for others. */
  async stop(drainMs: number): Promise<void> {
    this.#waiter.end(drainMs);
    const { leases, checkerId, log } = this.#options;
    try {
      await this.#waiter.atMost(drainMs, () => this.#work);
      await this.#waiter.atMost(drainMs, () => leases.leave(checkerId));
    } catch (error) {
      log.warn({ err: error }, 'the targets become free for others only when the lease has run out');
    }
  }

  async #renewAgainAndAgain(): Promise<void> {
    while (!this.#waiter.hasEnded) {
      const woken = this.#waiter.untilWoken();
      const { leaseMs, beatMs } = leaseTimes(this.#targets);
      // What a late answer has granted is over already: it is asked for anew at once.
      if (await this.#renew(leaseMs, beatMs)) continue;
      await Promise.race([this.#waiter.pause(beatMs), woken]);
    }
  }

  /** @returns whether the answer came too late. */
  async #renew(leaseMs: number, beatMs: number): Promise<boolean> {
    const { clock, leases, checkerId, checkerName, onGrant } = this.#options;
    const askedMs = clock.elapsed();
    const cancel = this.#noticeSilence(leaseMs - beatMs);
    try {
      const grant = await leases.renew({ checkerId, checkerName, targets: this.#targets, leaseMs });
      this.#heldUntilMs = askedMs + leaseMs;
      const isLate = clock.elapsed() >= this.#heldUntilMs;
      // What goes on without a lease goes on until there is one.
      if (!isLate) this.#isStoreAway = false;
      if (!this.#waiter.hasEnded) onGrant(grant);
      return isLate;
    } catch (error) {
      this.#loseStore(error);
      return false;
    } finally {
      cancel();
    }
  }

  /**
   * A store that has not answered when the lease runs out is away. But where this process was held up, the answer may only
   * wait to be read: so the time is taken twice, and what has come is read in between.
   */
  #noticeSilence(ms: number): () => void {
    const { clock } = this.#options;
    let cancel = clock.setTimer(
      () => {
        cancel = clock.setTimer(() => this.#loseStore(new Error('the database does not answer')), READING_MS);
      },
      Math.max(0, ms - READING_MS),
    );
    return () => cancel();
  }

  #loseStore(error: unknown): void {
    // Before it was ever reached, there is nothing to go on with.
    if (this.#isStoreAway || this.#heldUntilMs === -Infinity) return;
    this.#isStoreAway = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.log.warn(
      { reason },
      'the lease cannot be renewed: what is watched by this checker stays so',
    );
  }
}
